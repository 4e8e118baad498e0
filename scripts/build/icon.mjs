/*
 * The extension's icon: a cell that theory gives a large Poisson's ratio, a grid along both diagonals,
 * two by two. It is drawn from its formula, so that no image has to be stored.
 */
import pngjs from 'pngjs';

const edge = 256;
const cells = 2;
/** Half the width of a bar, in shares of the cell. */
const halfWidth = 0.1;
const ink = [0x1f, 0x6f, 0xb2];
const paper = [0xf4, 0xf7, 0xfa];

/** The PNG's bytes. */
export function drawIcon() {
  const png = new pngjs.PNG({ width: edge, height: edge });
  for (let row = 0; row < edge; row++) {
    for (let column = 0; column < edge; column++) {
      // Distance to the nearest bar of both families, along the normal, in shares of the cell.
      const [u, v] = [row + column + 1, row - column].map((sum) => (cells * sum) / edge);
      const distance = Math.min(...[u, v].map((x) => Math.abs(x - Math.round(x)) / Math.SQRT2));
      png.data.set([...(distance < halfWidth ? ink : paper), 255], 4 * (row * edge + column));
    }
  }
  return pngjs.PNG.sync.write(png);
}
