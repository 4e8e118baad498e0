/*
 * A square of a picture at another resolution, by area means: each new pixel is the mean of what it covers, with pixels
 * that it covers partly weighted by the part. Smaller pictures become larger in the same way. Means are taken before it
 * is decided what is white, so that a blurred edge stays where it is.
 */
import type { Picture } from './picture';
import type { PhaseCut, PictureRectangle } from './white-values';

/**
 * The white pixels of a square at `resolution` pixels along its edge, row by row. Of the rules `above` and `below` the
 * means of the values are compared, of `is` the means of the pixels with that value are more than half.
 *
 * Weights are whole numbers, the parts in units of 1 / resolution of a pixel of the picture; so means of whole numbers
 * are compared without rounding.
 */
export function resampledWhite(picture: Picture, cut: PhaseCut, square: PictureRectangle, resolution: number): Uint8Array {
  const { width: stride, values } = picture;
  const edge = square.width;
  const data = new Uint8Array(resolution * resolution);
  const line = new Float64Array(edge);
  const area = edge * edge;
  const limit = (cut.kind === 'is' ? 0.5 : cut.value) * area;
  for (let row = 0; row < resolution; row++) {
    line.fill(0);
    eachCovered(row, edge, resolution, (r, weight) => {
      const from = (square.y + r) * stride + square.x;
      if (cut.kind === 'is') for (let c = 0; c < edge; c++) line[c]! += values[from + c] === cut.value ? weight : 0;
      else for (let c = 0; c < edge; c++) line[c]! += weight * values[from + c]!;
    });
    for (let column = 0; column < resolution; column++) {
      let sum = 0;
      eachCovered(column, edge, resolution, (c, weight) => {
        sum += weight * line[c]!;
      });
      data[row * resolution + column] = (cut.kind === 'below' ? sum < limit : sum > limit) ? 1 : 0;
    }
  }
  return data;
}

/** The pixels of the old edge that pixel `index` of the new one covers, with weights whose sum is the old edge. */
function eachCovered(index: number, edge: number, resolution: number, visit: (pixel: number, weight: number) => void): void {
  const [from, to] = [index * edge, (index + 1) * edge];
  const last = Math.ceil(to / resolution) - 1;
  for (let pixel = Math.floor(from / resolution); pixel <= last; pixel++) {
    visit(pixel, Math.min((pixel + 1) * resolution, to) - Math.max(pixel * resolution, from));
  }
}
