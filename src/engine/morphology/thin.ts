/*
 * Thinning of a binary image to its skeleton by parallel deletion in two alternating sub-iterations.
 *
 * `end-preserving`: Zhang and Suen's rules, corrected by H. E. Lü and P. S. P. Wang, A comment on "A fast
 *   parallel algorithm for thinning digital patterns", Commun. ACM 29 (1986) 239–242,
 *   doi:10.1145/5666.5670: a pixel with two white neighbors stays, so diagonal bars keep their length.
 *   Ours: the result is reduced to curves (`reduce-to-curves.ts`), and then the ends of the curves are extended to the
 *   outline (`extend-ends.ts`), and those of bars to their farther corners (`reach-corners.ts`). All proceed in raster order.
 * `zhang-suen`: T. Y. Zhang and C. Y. Suen, A fast parallel algorithm for thinning digital patterns,
 *   Commun. ACM 27 (1984) 236–239, doi:10.1145/357994.358023.
 * `guo-hall`: Z. Guo and R. W. Hall, Parallel thinning with two-subiteration algorithms,
 *   Commun. ACM 32 (1989) 359–373, doi:10.1145/62065.62074 (algorithm A1).
 *
 * Ours: the rules of Zhang and Suen delete a component that has shrunk to a square of 2 × 2 pixels; here its upper left
 * pixel stays, so that no component is lost. A periodic image is thinned on the torus. A torus without a black pixel has
 * no edge to thin from and stays white.
 */
import type { Thinning } from '#domain/arms';
import { ensure } from '#engine/core/bug-error';
import { imageOf, type Boundary, type Image2D } from '#engine/grid/image-2d';
import { EditableSkeleton } from './editable-skeleton';
import { extendEnds } from './extend-ends';
import { E, N, NE, neighborhood, NW, pad, S, SE, SW, tabulate, unpad, W, whiteCount, whitePixels, type PaddedImage } from './neighborhood';
import { reachCorners } from './reach-corners';
import { removeInnerCorners } from './reduce-to-curves';

export interface ThinSettings {
  readonly method: Thinning;
  readonly boundary: Boundary;
}

/**
 * The skeleton of the white phase: a subset of it with the same 8-connected components and the same
 * 4-connected holes. Thinning a skeleton changes nothing. Images are at least 4 pixels wide and high.
 */
export function thin(image: Image2D<'binary'>, { method, boundary }: ThinSettings): Image2D<'binary'> {
  const { width, height } = image;
  ensure(width >= 4 && height >= 4, `cannot thin an image of ${width} × ${height} pixels`);
  const padded = pad(image, boundary);
  const table = tables[method];
  // The rules of Guo and Hall already keep squares of 2 × 2 pixels.
  const keepSquares = method !== 'guo-hall';
  let white = deletePixels(padded, whitePixels(padded), table, keepSquares);
  if (method === 'end-preserving') {
    // Without its inner corners, a curve may again have pixels that the rules delete.
    while (removeInnerCorners(padded, white)) white = deletePixels(padded, white, table, keepSquares);
  }
  const skeleton = imageOf('binary', width, height, unpad(padded, width, height));
  if (method !== 'end-preserving') return skeleton;
  const editable = new EditableSkeleton(skeleton, image, boundary);
  const barEnds = extendEnds(editable);
  reachCorners(editable, barEnds, (crop) => thin(crop, { method: 'guo-hall', boundary: 'open' }));
  return editable.toImage();
}

/** Deletes pixels until no further one may be deleted; returns those of `among` that are still white. */
function deletePixels(padded: PaddedImage, among: Int32Array, table: Uint8Array, keepSquares: boolean): Int32Array {
  const { data, stride } = padded;
  const white = new Int32Array(among.length);
  let whites = 0;
  for (let i = 0; i < among.length; i++) if (data[among[i]!] !== 0) white[whites++] = among[i]!;
  const deleted = new Int32Array(whites);
  let changed = true;
  while (changed) {
    changed = false;
    for (const subIteration of [1, 2]) {
      let deletions = 0;
      for (let i = 0; i < whites; i++) {
        const pixel = white[i]!;
        const code = neighborhood(data, pixel, stride);
        if ((table[code]! & subIteration) === 0) continue;
        if (keepSquares && code === squareFromUpperLeft && isIsolatedSquare(data, pixel, stride)) continue;
        deleted[deletions++] = pixel;
      }
      if (deletions === 0) continue;
      changed = true;
      for (let i = 0; i < deletions; i++) data[deleted[i]!] = 0;
      padded.refreshBorder();
      let remaining = 0;
      for (let i = 0; i < whites; i++) if (data[white[i]!] !== 0) white[remaining++] = white[i]!;
      whites = remaining;
    }
  }
  return white.subarray(0, whites);
}

const bit = (code: number, mask: number): number => ((code & mask) === 0 ? 0 : 1);

/** Bit 0: deleted in the first sub-iteration, bit 1: in the second. `fewest` is the smallest number of white neighbors of a deletable pixel. */
const zhangSuen = (fewest: number): Uint8Array => tabulate((code) => {
  let risings = 0;
  for (let i = 0; i < 8; i++) risings += ((code >> i) & 1) === 0 && ((code >> ((i + 1) % 8)) & 1) === 1 ? 1 : 0;
  const count = whiteCount(code);
  if (count < fewest || count > 6 || risings !== 1) return 0;
  const [n, e, s, w] = [bit(code, N), bit(code, E), bit(code, S), bit(code, W)];
  const first = n * e * s === 0 && e * s * w === 0;
  const second = n * e * w === 0 && n * s * w === 0;
  return (first ? 1 : 0) | (second ? 2 : 0);
});

/** As `zhangSuen`. */
const guoHall = tabulate((code) => {
  const [n, ne, e, se] = [bit(code, N), bit(code, NE), bit(code, E), bit(code, SE)];
  const [s, sw, w, nw] = [bit(code, S), bit(code, SW), bit(code, W), bit(code, NW)];
  const crossings = (1 - n) * (ne | e) + (1 - e) * (se | s) + (1 - s) * (sw | w) + (1 - w) * (nw | n);
  const pairs = Math.min((nw | n) + (ne | e) + (se | s) + (sw | w), (n | ne) + (e | se) + (s | sw) + (w | nw));
  if (crossings !== 1 || pairs < 2 || pairs > 3) return 0;
  const first = ((n | ne | (1 - se)) & e) === 0;
  const second = ((s | sw | (1 - nw)) & w) === 0;
  return (first ? 1 : 0) | (second ? 2 : 0);
});

const tables: Readonly<Record<Thinning, Uint8Array>> = { 'end-preserving': zhangSuen(3), 'zhang-suen': zhangSuen(2), 'guo-hall': guoHall };

/** The neighborhood of the upper left pixel of a square of 2 × 2 pixels with black pixels on its other sides. */
const squareFromUpperLeft = E | SE | S;

/** The pixels around such a square that are not neighbors of its upper left pixel, relative to that pixel. */
const ringRows = [-1, 0, 1, 2, 2, 2, 2];
const ringColumns = [2, 2, 2, -1, 0, 1, 2];

function isIsolatedSquare(data: Uint8Array, upperLeft: number, stride: number): boolean {
  const height = data.length / stride - 2;
  const width = stride - 2;
  const row = Math.floor(upperLeft / stride);
  const column = upperLeft - row * stride;
  // The padding is one pixel wide but the ring reaches two pixels far: from the last row or column it
  // is read one period back. (In an open image no such square begins in the last row or column.)
  return ringRows.every((step, i) => {
    const r = row + step > height + 1 ? row + step - height : row + step;
    const c = column + ringColumns[i]! > width + 1 ? column + ringColumns[i]! - width : column + ringColumns[i]!;
    return data[r * stride + c] === 0;
  });
}
