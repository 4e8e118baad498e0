/* Images from disk as outlines and solids for printers and cutters, in a physical size. */
import { basename, join } from 'node:path';
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import { repeat, stlOfCells, svgOfCells, type PrintSize } from '#display/cells-for-printing';
import { bodiesOf, bridgeCount, bridgeWidth } from '#display/contours';
import { imageOf, strutWidth, type Image2D } from '#engine/api';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { formatNumber } from '#units/format-quantity';
import { exportNames } from './export-names';
import { storeFile } from './store-file';

export type PrintFormat = 'svg' | 'stl';

/** What to export and where; lengths in mm. */
export interface PrintRequest extends PrintSize {
  /** PNG files. */
  readonly images: readonly string[];
  readonly formats: readonly PrintFormat[];
  /** Thickness of the solid, which `stl` needs. */
  readonly height?: number;
  /** The narrowest line that the printer makes; thinner struts are a warning. */
  readonly nozzle?: number;
  /** As in `PngSettings`. */
  readonly whiteAbove?: number;
  /** Is made when it is not there. */
  readonly folder: string;
}

/** One file that was written; lengths in mm. */
export interface PrintedFile extends PrintMeasures {
  readonly picture: string;
  readonly file: string;
  readonly format: PrintFormat;
  /** Of one cell. */
  readonly edgeMm: number;
  /** Columns and rows, such as `2x2`. */
  readonly tiles: string;
  /** Of a solid. */
  readonly heightMm?: number;
}

/** What a maker must know of the white phase, the border of the tiles being its edge. */
export interface PrintMeasures {
  /** The width of the thinnest strut, bridges included. */
  readonly strutWidthMm: number;
  /** White pieces that do not touch. */
  readonly pieces: number;
  /** Corners that a bridge joins. */
  readonly bridges: number;
}

/** All cells together have at most as many pixels: 2048². */
const mostPixels = 2 ** 22;

/**
 * Writes `<image>-<columns>x<rows>.svg` and `.stl` into the folder, as `exportImages` does. Findings: those of
 * `readTwoPhasePng` and of `withStorageErrors`, `print-too-large`, `export-name-changed`, `strut-too-thin`,
 * `print-in-pieces`.
 */
export async function exportPrints(
  { database: { resolution } }: DesignCase<unknown>,
  request: PrintRequest,
): Promise<{ readonly files: PrintedFile[]; readonly findings: Finding[] }> {
  const files: PrintedFile[] = [];
  const findings: Finding[] = [];
  const { columns, rows } = request.tiles;
  if (columns * rows * resolution ** 2 > mostPixels) return { files, findings: [tooLarge(request, resolution)] };

  for (const { path, stem, finding } of exportNames(request.images)) {
    const read = await readTwoPhasePng(path, { resolution, whiteAbove: request.whiteAbove });
    if (!read.ok) {
      findings.push(...read.findings);
      continue;
    }
    const { image, warnings } = read.value;
    const measures = measuresOf(image, request);
    findings.push(...warnings, ...(finding ? [finding] : []), ...findingsOf(basename(path), measures, request));
    for (const format of request.formats) {
      const file = join(request.folder, `${stem}-${columns}x${rows}.${format}`);
      const height = format === 'stl' ? request.height : undefined;
      const content = height === undefined ? svgOfCells(image, request) : stlOfCells(image, { ...request, height });
      const stored = storeFile(request.folder, file, content);
      if (!stored.ok) return { files, findings: [...findings, ...stored.findings] };
      files.push({ picture: path, file, format, edgeMm: request.edge, tiles: `${columns}x${rows}`, ...(height !== undefined && { heightMm: height }), ...measures });
    }
  }
  return { files, findings };
}

/** What is said of the white phase of an image that is repeated; the edge is that of one cell. */
export function measuresOf(cell: Image2D<'binary'>, { edge, tiles: { columns, rows } }: PrintSize): PrintMeasures {
  const tiled = repeat(cell, { columns, rows });
  const bridges = bridgeCount(tiled);
  // Cells beyond two along an axis repeat the struts of two.
  const few = repeat(cell, { columns: Math.min(columns, 2), rows: Math.min(rows, 2) });
  const pixels = strutWidth(imageOf('binary', few.width, few.height, few.data));
  const narrowest = bridges > 0 ? Math.min(pixels, bridgeWidth) : pixels;
  return { strutWidthMm: Number(((narrowest * edge) / cell.width).toPrecision(4)), pieces: bodiesOf(tiled).length, bridges };
}

function findingsOf(name: string, { strutWidthMm, pieces }: PrintMeasures, { edge, nozzle }: PrintRequest): Finding[] {
  const findings: Finding[] = [];
  if (nozzle !== undefined && strutWidthMm < nozzle) {
    const printable = Number(((edge * nozzle) / strutWidthMm).toPrecision(2));
    findings.push({
      code: 'strut-too-thin',
      severity: 'warning',
      message: `${name}: the thinnest strut is ${formatNumber(strutWidthMm, 3)} mm wide, less than the nozzle's ${formatNumber(nozzle)} mm.`,
      remedy: `Print cells of about ${formatNumber(printable)} mm, or use a finer nozzle.`,
    });
  }
  if (pieces > 1) {
    findings.push({
      code: 'print-in-pieces',
      severity: 'warning',
      message: `${name}: the white phase is ${pieces} pieces that do not touch.`,
      remedy: 'Print them within a second material, or use a cell whose white phase is connected.',
    });
  }
  return findings;
}

function tooLarge({ tiles: { columns, rows } }: PrintRequest, resolution: number): Finding {
  return {
    code: 'print-too-large',
    severity: 'error',
    message: `${columns} × ${rows} cells of ${resolution} × ${resolution} pixels are more than ${mostPixels} pixels.`,
    remedy: 'Use fewer cells with `--tiles`, and repeat them in the slicer.',
  };
}
