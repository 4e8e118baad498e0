/*
 * A design as a file: drawn here from its pixels, or computed by the server. SVG has the edges of the white phase as
 * closed polygons along the pixels' sides. STL (3D Systems 1988, binary: 80 bytes of text, the number of triangles, 50
 * bytes per triangle, little-endian) has the white phase extruded to boxes, without the walls between neighbors; it has
 * no unit, and slicers read millimeters.
 */
import { html, type TemplateResult } from 'lit';
import { button } from '#media/shared/controls';
import { type Drawing, type Pixels, tiled } from '#media/shared/images';
import { toBase64 } from '#protocol/packed';
import type { DrawnFormat } from '#protocol/panel-messages';
import type { RankedDesign } from '#protocol/result';
import type { ComputedFormat } from '#protocol/views/design-views';
import { type DesignPanel, shownImage } from './cell-image';

/** Millimeters: edge of one cell, and thickness of the body. */
const cellEdge = 10;
const thickness = 1;

const drawn: readonly { readonly format: DrawnFormat; readonly label: string; readonly title: string }[] = [
  { format: 'png', label: 'PNG', title: 'Save the image as it is shown' },
  { format: 'svg', label: 'SVG', title: 'Save the outlines of the white phase' },
  { format: 'stl', label: 'STL', title: `Save the white phase as a body: cells of ${cellEdge} mm, ${thickness} mm thick` },
];

const computed: readonly { readonly format: ComputedFormat; readonly label: string; readonly title: string }[] = [
  { format: 'abaqus', label: 'Abaqus', title: 'Save the virtual test as an Abaqus input file' },
  { format: 'vti', label: 'VTI', title: 'Save the fields of the virtual test for ParaView' },
  { format: 'csv', label: 'CSV', title: 'Save the numbers of all designs as a table' },
];

export function saveBar(panel: DesignPanel, design: RankedDesign, image: Pixels): TemplateResult {
  const { arm, rank } = design;
  const { tiles, draw } = shownImage(panel, design, image);
  const save = (format: DrawnFormat): void => {
    void fileOf(format, draw, tiled(image, tiles), tiles).then((bytes) => panel.post({ type: 'save', format, arm, rank, bytes: toBase64(bytes) }));
  };
  return html`<section class="save" aria-label="Save the design">
    <h2>Save</h2>
    <div class="bar">
      ${drawn.map(({ format, label, title }) => button(label, () => save(format), { title }))}
      ${computed.map(({ format, label, title }) => button(label, () => panel.post({ type: 'save', format, arm, rank }), { title }))}
    </div>
    <small>PNG saves the image as shown; SVG and STL save the white phase, ${tiles} × ${tiles}, undeformed.</small>
  </section>`;
}

async function fileOf(format: DrawnFormat, draw: Drawing, image: Pixels, tiles: number): Promise<Uint8Array> {
  switch (format) {
    case 'png':
      return pngOf(draw);
    case 'svg':
      return new TextEncoder().encode(svgOf(image));
    case 'stl':
      return stlOf(image, { width: cellEdge * tiles, thickness });
  }
}

async function pngOf(draw: Drawing): Promise<Uint8Array> {
  const canvas = document.createElement('canvas');
  draw(canvas);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array(await blob!.arrayBuffer());
}

/** Corners, x and y in turn, pixels from the top left, y downward. */
type Polygon = readonly number[];

/** Steps of the four directions: right, down, left, up. */
const steps = [[1, 0], [0, 1], [-1, 0], [0, -1]] as const;

/**
 * Closed polygons with white on their right hand, outside edges clockwise as seen, holes the other way; pixels that
 * touch at a corner alone are apart. The image does not repeat: what meets its border ends there.
 */
export function contours({ width, height, data }: Pixels): Polygon[] {
  const white = (row: number, column: number): boolean => row >= 0 && column >= 0 && row < height && column < width && data[row * width + column] === 1;
  const wide = width + 1;
  // Bit d: an edge that begins in this corner and goes in direction d.
  const edges = new Uint8Array(wide * (height + 1));
  for (let row = 0; row <= height; row++) {
    for (let column = 0; column <= width; column++) {
      const [nw, ne, sw, se] = [white(row - 1, column - 1), white(row - 1, column), white(row, column - 1), white(row, column)];
      edges[row * wide + column] = Number(se && !ne) | (Number(sw && !se) << 1) | (Number(nw && !sw) << 2) | (Number(ne && !nw) << 3);
    }
  }
  const polygons: Polygon[] = [];
  for (let start = 0; start < edges.length; start++) while (edges[start] !== 0) polygons.push(follow(edges, wide, start));
  return polygons;
}

/** Follows one polygon and removes its edges. */
function follow(edges: Uint8Array, wide: number, start: number): Polygon {
  const corners: number[] = [];
  let at = start;
  let direction = Math.log2(edges[start]! & -edges[start]!);
  const first = direction;
  do {
    edges[at]! &= ~(1 << direction);
    const [dx, dy] = steps[direction]!;
    at += dx + dy * wide;
    // The sharpest turn to the right stays with the same pixel where two touch at a corner.
    const next = [1, 0, 3].map((turn) => (direction + turn) % 4).find((turned) => (edges[at]! & (1 << turned)) !== 0) ?? first;
    if (next !== direction) corners.push(at % wide, Math.floor(at / wide));
    direction = next;
  } while (at !== start || (edges[at]! & (1 << direction)) !== 0);
  return corners;
}

/** The white phase as one path on black; one unit is one pixel. */
export function svgOf(image: Pixels): string {
  const { width, height } = image;
  const path = contours(image).map((polygon) => `M${pairs(polygon)}Z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
<rect width="${width}" height="${height}" fill="#000"/>
<path fill="#fff" fill-rule="evenodd" d="${path}"/>
</svg>
`;
}

function pairs(polygon: readonly number[]): string {
  return polygon.reduce((text, value, i) => `${text}${i === 0 ? '' : i % 2 === 0 ? 'L' : ' '}${value}`, '');
}

interface StlSettings {
  /** Edge of the whole image along x. */
  readonly width: number;
  readonly thickness: number;
}

type Corner = readonly [number, number, number];

const headerBytes = 84;
const triangleBytes = 50;

/** The surface is closed, its normals point outward; x to the right, y up, z toward the viewer. */
export function stlOf({ width, height, data }: Pixels, { width: edge, thickness }: StlSettings): Uint8Array<ArrayBuffer> {
  const pixel = edge / width;
  const white = (row: number, column: number): boolean => row >= 0 && column >= 0 && row < height && column < width && data[row * width + column] === 1;
  const triangles: Corner[] = [];
  const quad = (a: Corner, b: Corner, c: Corner, d: Corner): void => void triangles.push(a, b, c, a, c, d);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (!white(row, column)) continue;
      const [left, right] = [column * pixel, (column + 1) * pixel];
      const [bottom, top] = [(height - row - 1) * pixel, (height - row) * pixel];
      const at = (x: number, y: number, z: number): Corner => [x, y, z];
      const wall = (x0: number, y0: number, x1: number, y1: number): void => quad(at(x0, y0, 0), at(x1, y1, 0), at(x1, y1, thickness), at(x0, y0, thickness));
      quad(at(left, bottom, thickness), at(right, bottom, thickness), at(right, top, thickness), at(left, top, thickness));
      quad(at(left, bottom, 0), at(left, top, 0), at(right, top, 0), at(right, bottom, 0));
      if (!white(row + 1, column)) wall(left, bottom, right, bottom);
      if (!white(row, column + 1)) wall(right, bottom, right, top);
      if (!white(row - 1, column)) wall(right, top, left, top);
      if (!white(row, column - 1)) wall(left, top, left, bottom);
    }
  }
  return encode(triangles);
}

function encode(corners: readonly Corner[]): Uint8Array<ArrayBuffer> {
  const count = corners.length / 3;
  const bytes = new Uint8Array(headerBytes + count * triangleBytes);
  bytes.set(new TextEncoder().encode('XDesign, white phase extruded'));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, count, true);
  for (let t = 0; t < count; t++) {
    const triangle = corners.slice(3 * t, 3 * t + 3) as [Corner, Corner, Corner];
    [normal(...triangle), ...triangle].flat().forEach((value, i) => view.setFloat32(headerBytes + t * triangleBytes + 4 * i, value, true));
  }
  return bytes;
}

function normal(a: Corner, b: Corner, c: Corner): Corner {
  const [u, v] = [b, c].map((each) => each.map((value, i) => value - a[i]!)) as [number[], number[]];
  const cross: Corner = [u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!];
  const length = Math.hypot(...cross);
  return [cross[0] / length, cross[1] / length, cross[2] / length];
}
