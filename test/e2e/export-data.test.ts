/* The data of a run as files for other programs: what is in them, and that an image has its own numbers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '#domain/finding';
import { families } from '#domain/microstructures';
import { openStoredCase, unpackImage } from '#engine/api';
import { readSpecificationFile } from '#cli/read-cases';
import type { DataFile } from '#runner/export/data/export-data';
import { datasetsOf, openArrays } from '#runner/pictures/arrays/open-arrays';
import { readColumns, readTexts } from '#runner/pictures/arrays/read-columns';
import { openStoreReadOnly } from '#runner/store/store';
import { resolveCase } from '#runner/weights/pretrained-file';
import { buildCommand, type Command } from './command';
import { finishedWorkplace } from './finished-run';
import { createWorkplace, smallCase, type Workplace } from './workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.findings));
  return result.value;
}

test('a finished case has its database, maps and designs in every format, with the numbers of the store', async () => {
  const place = await finishedWorkplace(command);
  const out = join(place.folder, 'out');
  const { code, errors, lines } = await command.run('export', place.file, '--case', 'Stiffness', '--data', 'npz,hdf5,parquet,csv', '--out', out, '--json');
  expect(code).toBe(0);
  expect(errors).not.toMatch(/^error /m);
  const files = JSON.parse(lines[0]!) as DataFile[];
  expect(files.map(({ file }) => file.slice(out.length + 1))).toEqual([
    'Stiffness.npz', 'Stiffness.h5',
    ...['parquet', 'csv'].flatMap((ending) => ['database', 'maps', 'designs-explained', 'designs-control'].map((table) => `Stiffness-${table}.${ending}`)),
  ]);
  expect(readdirSync(out).filter((name) => name.endsWith('.part'))).toEqual([]);

  const store = openStoreReadOnly(place.runFolder)!;
  const stored = openStoredCase(resolveCase(readSpecificationFile(place.file).specification!.cases[0]!.case), store);
  const [images, tests, outliers] = [stored.read('images')!, stored.read('tests')!, stored.read('outliers')!];
  const candidates = stored.readArm('control', 'candidates')!;
  store.close();

  for (const name of ['Stiffness.npz', 'Stiffness.h5']) {
    const path = join(out, name);
    const source = valueOf(await openArrays(path, 'database/images', name));
    expect(source.count).toBe(images.images.count);
    for (let i = 0; i < source.count; i++) expect(valueOf(await source.read(i)).picture.values).toEqual(unpackImage(images.images, i).data);
    await source.close();
    const [young, exceptional] = valueOf(await readColumns(path, ['database/Ex_Pa', 'database/exceptional'], name));
    expect(young).toEqual(Float64Array.from(tests, ({ youngsModulus }) => youngsModulus!.x));
    expect([...exceptional!.keys()].filter((i) => exceptional![i] === 1)).toEqual([...outliers].toSorted((a, b) => a - b));
    const [candidate, rank] = valueOf(await readColumns(path, ['designs/control/candidate', 'designs/control/rank'], name));
    const cells = valueOf(await openArrays(path, 'designs/control/cells', name));
    expect([...rank!]).toEqual(candidates.candidates.map((_, i) => i + 1));
    for (const [i, id] of candidate!.entries()) {
      expect(valueOf(await cells.read(i)).picture.values).toEqual(unpackImage(candidates.cells, candidates.candidates.find((one) => one.id === id)!.cell).data);
    }
    await cells.close();
  }
  expect(valueOf(await datasetsOf(join(out, 'Stiffness.h5'), '')).find(({ name }) => name === 'maps/stage-2')?.shape).toEqual([outliers.length, 2, 8, 8]);
  expect(valueOf(await readTexts(join(out, 'Stiffness-database.csv'), 'family', ''))).toEqual([...images.families].map((code) => families[code]));
  const { provenance, datasets } = JSON.parse(readFileSync(join(out, 'Stiffness.json'), 'utf8')) as { provenance: Record<string, unknown>; datasets: Record<string, unknown> };
  expect(provenance).toMatchObject({ case: 'Stiffness', test: 'compression', settings: { database: { seed: 12 } } });
  expect(datasets['designs/explained/objective_SI']).toEqual({ unit: 'Pa' });

  await refuseOther(place);
  place.remove();
});

test('without a run there is nothing to export', async () => {
  const fresh = createWorkplace(smallCase());
  const missing = await command.run('export', fresh.file, '--case', 'Stiffness', '--data', 'npz');
  expect(missing).toMatchObject({ code: 1, lines: [] });
  expect(missing.errors).toMatch(/^error run-folder-missing /);
  fresh.remove();
});

/** A case with other settings has nothing in a run folder. */
async function refuseOther({ runFolder }: Workplace): Promise<void> {
  const fresh = createWorkplace(smallCase());
  const other = await command.run('export', fresh.file, '--case', 'Stiffness', '--data', 'npz', '--from', runFolder, '--out', join(fresh.folder, 'out'), '--json');
  expect(other).toMatchObject({ code: 1, lines: ['[]'] });
  expect(other.errors).toMatch(/^error data-not-computed The run folder has no images of the case Stiffness\./);
  expect(existsSync(join(fresh.folder, 'out'))).toBe(false);
  fresh.remove();
}
