import { imageOf, type Boundary, type Image2D } from './image-2d';

/** Pixels that share an edge (4), or an edge or a corner (8), are neighbors. */
export type Connectivity = 4 | 8;

/** The white pixels of an image, labeled by connected component. */
export interface ConnectedComponents {
  /** 0 = black, 1 … n = component, in the order of their first pixels. */
  readonly labels: Image2D<'label'>;
  /** Pixels of each component; entry i belongs to label i + 1. */
  readonly sizes: Int32Array;
}

const rowSteps = [-1, 0, 1, 0, -1, 1, 1, -1];
const columnSteps = [0, 1, 0, -1, 1, 1, -1, -1];

/** Labels the connected components of the white pixels by flood filling. */
export function connectedComponents(image: Image2D<'binary'>, connectivity: Connectivity, boundary: Boundary): ConnectedComponents {
  const { width, height, data } = image;
  const labels = new Int32Array(data.length);
  const stack = new Int32Array(data.length);
  const sizes: number[] = [];

  for (let first = 0; first < data.length; first++) {
    if (data[first] === 0 || labels[first] !== 0) continue;
    const label = sizes.length + 1;
    let size = 0;
    let waiting = 0;
    labels[first] = label;
    stack[waiting++] = first;
    while (waiting > 0) {
      const pixel = stack[--waiting]!;
      size++;
      const row = Math.floor(pixel / width);
      const column = pixel - row * width;
      for (let k = 0; k < connectivity; k++) {
        let r = row + rowSteps[k]!;
        let c = column + columnSteps[k]!;
        if (boundary === 'periodic') {
          r = (r + height) % height;
          c = (c + width) % width;
        } else if (r < 0 || r >= height || c < 0 || c >= width) continue;
        const neighbor = r * width + c;
        if (data[neighbor] !== 0 && labels[neighbor] === 0) {
          labels[neighbor] = label;
          stack[waiting++] = neighbor;
        }
      }
    }
    sizes.push(size);
  }
  return { labels: imageOf('label', width, height, labels), sizes: Int32Array.from(sizes) };
}

/** The largest component as a mask (the first one of equal size); `undefined` when no pixel is white. */
export function largestComponent(
  image: Image2D<'binary'>,
  connectivity: Connectivity,
  boundary: Boundary,
): { readonly mask: Image2D<'binary'>; readonly size: number } | undefined {
  const { labels, sizes } = connectedComponents(image, connectivity, boundary);
  let best = -1;
  for (let i = 0; i < sizes.length; i++) if (best < 0 || sizes[i]! > sizes[best]!) best = i;
  if (best < 0) return undefined;
  const mask = Uint8Array.from(labels.data, (label) => (label === best + 1 ? 1 : 0));
  return { mask: imageOf('binary', image.width, image.height, mask), size: sizes[best]! };
}
