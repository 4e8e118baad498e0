/*
 * Cells as files for printers, cutters and CAD, from pixels and a physical size: outlines as SVG, a solid as STL. What
 * is made is the white phase. The panel of a design and `xdesign export` both write them here.
 */
import { bodiesOf, type BinaryPixels } from './contours';
import { solidOf } from './solid';
import { stlFile } from './stl-file';

/** How many cells stand side by side. */
export interface Tiles {
  readonly columns: number;
  readonly rows: number;
}

export interface PrintSize {
  /** Edge of one cell along x, mm. */
  readonly edge: number;
  readonly tiles: Tiles;
}

/** The image repeated. */
export function repeat({ width, height, data }: BinaryPixels, { columns, rows }: Tiles): { width: number; height: number; data: Uint8Array<ArrayBuffer> } {
  const wide = width * columns;
  const all = new Uint8Array(wide * height * rows);
  for (let row = 0; row < height * rows; row++) {
    for (let column = 0; column < wide; column++) all[row * wide + column] = data[(row % height) * width + (column % width)]!;
  }
  return { width: wide, height: height * rows, data: all };
}

/**
 * The white phase as one path in the physical size, filled by the rule even-odd, on no background. One unit of the
 * path is a pixel, so all coordinates are exact: whole, or halves at bridges.
 */
export function svgOfCells(cell: BinaryPixels, { edge, tiles }: PrintSize): string {
  const image = repeat(cell, tiles);
  const path = bodiesOf(image).flatMap(({ outer, holes }) => [outer, ...holes]).map((outline) => `M${pairs(outline)}Z`).join('');
  const length = (pixels: number): string => `${millimeters((pixels * edge) / cell.width)}mm`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${image.width} ${image.height}" width="${length(image.width)}" height="${length(image.height)}">
<title>XDesign, ${sizeText({ edge, tiles })}</title>
<path fill-rule="evenodd" d="${path}"/>
</svg>
`;
}

/** The white phase as a solid of the height in mm; x to the right, y up, in mm. */
export function stlOfCells(cell: BinaryPixels, size: PrintSize & { readonly height: number }): Uint8Array<ArrayBuffer> {
  const surface = solidOf(repeat(cell, size.tiles), { pixel: size.edge / cell.width, height: size.height });
  return stlFile(surface, `XDesign, ${sizeText(size)}, ${millimeters(size.height)} mm high; unit mm`);
}

/** Such as `2 x 2 cells of 20 mm`, in ASCII. */
function sizeText({ edge, tiles }: PrintSize): string {
  return `${tiles.columns} x ${tiles.rows} ${tiles.columns * tiles.rows === 1 ? 'cell' : 'cells'} of ${millimeters(edge)} mm`;
}

/** Without the last digits of a product of decimals. */
const millimeters = (value: number): string => String(Number(value.toPrecision(12)));

function pairs(outline: readonly number[]): string {
  return outline.reduce((text, value, i) => `${text}${i === 0 ? '' : i % 2 === 0 ? 'L' : ' '}${value / 2}`, '');
}
