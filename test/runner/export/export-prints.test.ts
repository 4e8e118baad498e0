/* Cells for printing: files of all families and of designs, checked as surfaces; what is said of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readSpecificationFile } from '#cli/read-cases';
import { repeat, stlOfCells } from '#display/cells-for-printing';
import { bodiesOf, twiceArea } from '#display/contours';
import { families } from '#domain/microstructures';
import { constructMirroredDesign } from '#engine/construction/construct-mirrored-design';
import { prepareSkeleton } from '#engine/construction/prepare-skeleton';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { imageOf, type Image2D } from '#engine/grid/image-2d';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { exportPrints, measuresOf, type PrintRequest } from '#runner/export/export-prints';
import { encodeBinaryPng } from '#runner/report/page/encode-png';
import { checkClosed, readStl } from '#test/support/closed-surface';
import { onlyFamily, smallDatabase } from '#test/support/database-settings';
import { temporaryFolder } from '#test/support/temporary-folder';
import { whitePhase } from '#test/support/white-phase';

const { cases } = readSpecificationFile(fileURLToPath(new URL('../../golden/calculix/calculix.xdesign', import.meta.url))).specification!;
const plate = cases.find((each) => each.case.name === 'Stress')!.case;

const codes = (findings: readonly { readonly code: string }[]): string[] => findings.map(({ code }) => code);

function generated(family: (typeof families)[number], index: number): Image2D<'binary'> {
  const result = generateMicrostructure(createRng(5), { ...onlyFamily(smallDatabase, family), resolution: 64 }, index);
  if (!result.ok) throw new Error(result.findings[0]!.message);
  return result.value.image;
}

/** The mirrored designs of the squares of an image, whatever edge is possible. */
function designs(): Image2D<'binary'>[] {
  const settings = { mask: 'square', prune: 3, smallestPatch: 6, thinning: 'end-preserving', fraction: { lower: 0.39, upper: 0.4 } } as const;
  const context = { signal: neverAborted, progress: silentProgress, rng: createRng(0) };
  return [0, 1, 2, 3].flatMap((index) => {
    const skeleton = prepareSkeleton(generated('cells', index), settings, 'periodic');
    return [18, 48].flatMap((edge) => {
      const made = constructMirroredDesign(context, { skeleton, patch: { row: 5, column: 9, edge } }, settings, { resolution: 64, aim: 'upper-end' });
      return made.ok ? [made.value.cell] : [];
    });
  });
}

/** What must hold of every cell, alone and repeated. */
function checkPrint(cell: Image2D<'binary'>, tiles: { columns: number; rows: number }): void {
  const [edge, height] = [20, 5];
  const { width, height: rows, data } = repeat(cell, tiles);
  const whole = imageOf('binary', width, rows, data);
  const { area, pieces, holes } = whitePhase(whole);
  const bodies = bodiesOf(whole);
  expect(bodies.flatMap((body) => [body.outer, ...body.holes]).reduce((sum, outline) => sum + twiceArea(outline), 0)).toBe(8 * area);
  const { volume, euler } = checkClosed(readStl(stlOfCells(cell, { edge, height, tiles })).triangles);
  expect(euler).toBe(2 * pieces - 2 * holes);
  const exact = area * (edge / cell.width) ** 2 * height;
  // The file has 24 bits of each coordinate.
  expect(Math.abs(volume / exact - 1)).toBeLessThan(1e-6);
  expect(measuresOf(cell, { edge, tiles }).pieces).toBe(pieces);
}

describe('solids are watertight, with the pieces, holes and volume of the pixels', () => {
  test.each(families)('%s', (family) => {
    for (const index of [0, 1, 2, 3]) checkPrint(generated(family, index), index < 3 ? { columns: 1, rows: 1 } : { columns: 1, rows: 2 });
  });

  test('designs', () => {
    const cells = designs();
    expect(cells.length).toBeGreaterThan(3);
    for (const cell of cells) checkPrint(cell, { columns: 2, rows: 2 });
  });
});

/** A frame of struts along the cell's border, 4 pixels in each cell: 8 inside of two cells. */
const frame = imageOf('binary', 32, 32, Uint8Array.from({ length: 32 * 32 }, (_, p) => Number([p % 32, Math.floor(p / 32)].some((at) => at < 4 || at >= 28))));

function pictureIn(folder: string, name: string, image: Image2D<'binary'> = frame): string {
  writeFileSync(join(folder, name), encodeBinaryPng(image));
  return join(folder, name);
}

function request(images: readonly string[], folder: string, more: Partial<PrintRequest> = {}): PrintRequest {
  return { images, folder, formats: ['svg', 'stl'], edge: 16, height: 5, tiles: { columns: 2, rows: 1 }, ...more };
}

test('each picture gives a file of each format, with its size and its thinnest strut in millimeters', async () => {
  const folder = temporaryFolder();
  const picture = pictureIn(folder, 'a.png');
  const { files, findings } = await exportPrints(plate, request([picture], folder));
  expect(findings).toEqual([]);
  // The border cuts the outer struts in half: 4 pixels of half a millimeter.
  const measures = { edgeMm: 16, tiles: '2x1', strutWidthMm: 2, pieces: 1, bridges: 0 };
  expect(files).toEqual([
    { picture, file: join(folder, 'a-2x1.svg'), format: 'svg', ...measures },
    { picture, file: join(folder, 'a-2x1.stl'), format: 'stl', heightMm: 5, ...measures },
  ]);
  expect(readFileSync(files[0]!.file, 'utf8')).toContain('width="32mm" height="16mm"');
  const { text, triangles } = readStl(new Uint8Array(readFileSync(files[1]!.file)));
  expect(text).toBe('XDesign, 2 x 1 cells of 16 mm, 5 mm high; unit mm');
  const bounds = [0, 1, 2].map((axis) => triangles.flatMap(({ corners }) => corners.map((corner) => corner[axis]!)));
  expect(bounds.map((values) => [Math.min(...values), Math.max(...values)])).toEqual([[0, 32], [0, 16], [0, 5]]);
});

test('a strut below the nozzle is a warning with the edge that would do', async () => {
  const folder = temporaryFolder();
  const picture = pictureIn(folder, 'a.png');
  expect(codes((await exportPrints(plate, request([picture], folder, { nozzle: 2 }))).findings)).toEqual([]);
  const { files, findings } = await exportPrints(plate, request([picture], folder, { nozzle: 2.5 }));
  expect(files).toHaveLength(2);
  expect(findings).toEqual([{
    code: 'strut-too-thin',
    severity: 'warning',
    message: "a.png: the thinnest strut is 2 mm wide, less than the nozzle's 2.5 mm.",
    remedy: 'Print cells of about 20 mm, or use a finer nozzle.',
  }]);
});

test('pieces are a warning, and corners are bridges of their own width', async () => {
  const folder = temporaryFolder();
  const two = imageOf('binary', 32, 32, Uint8Array.from({ length: 32 * 32 }, (_, p) => Number(p % 32 < 8)));
  const touching = imageOf('binary', 32, 32, Uint8Array.from({ length: 32 * 32 }, (_, p) => Number(p % 32 < 16 === p < 16 * 32)));
  const { files, findings } = await exportPrints(plate, request([pictureIn(folder, 'two.png', two), pictureIn(folder, 'touching.png', touching)], folder, { tiles: { columns: 2, rows: 1 }, formats: ['svg'] }));
  expect(findings.map(({ code, message }) => [code, message])).toEqual([['print-in-pieces', 'two.png: the white phase is 2 pieces that do not touch.']]);
  expect(files.map(({ pieces, bridges, strutWidthMm }) => ({ pieces, bridges, strutWidthMm }))).toEqual([
    { pieces: 2, bridges: 0, strutWidthMm: 4 },
    { pieces: 1, bridges: 3, strutWidthMm: 0.3536 },
  ]);
});

test('what cannot be read or is too much is a finding, and the other pictures are written', async () => {
  const folder = temporaryFolder();
  const { files, findings } = await exportPrints(plate, request([join(folder, 'nowhere.png'), pictureIn(folder, '1.png')], folder, { formats: ['stl'] }));
  expect(codes(findings)).toEqual(['image-unreadable', 'export-name-changed']);
  expect(files.map(({ file }) => basename(file))).toEqual(['image-1-2x1.stl']);
  const many = await exportPrints(plate, request([pictureIn(folder, 'a.png')], folder, { tiles: { columns: 65, rows: 64 } }));
  expect([many.files, codes(many.findings)]).toEqual([[], ['print-too-large']]);
  const onFile = await exportPrints(plate, request([pictureIn(folder, 'a.png')], join(folder, 'a.png', 'out')));
  expect([onFile.files, onFile.findings.length]).toEqual([[], 1]);
});
