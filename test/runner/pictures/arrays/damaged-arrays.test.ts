/* 1 000 damaged files of every format: each gives pictures or findings, soon, and within memory. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openArrays } from '#runner/pictures/arrays/open-arrays';
import { readColumns } from '#runner/pictures/arrays/read-columns';
import { temporaryFolder } from '#test/support/temporary-folder';

const folder = join(import.meta.dirname, '../../../golden/arrays');
const files = [
  ['plain.npy', ''], ['fortran.npy', ''], ['deflated.npz', 'images'], ['types.npz', 'little-u8'], ['preface.h5', 'images'], ['set.h5', 'GRF/GRF'],
  ['snappy.parquet', 'rows'], ['gzip.parquet', 'flat'], ['zstd.parquet', 'flat'], ['brotli.parquet', 'flat'],
] as const;

/** Bytes changed where formats have their structure, at both ends, or anywhere; or the end cut off. */
const damage = fc.record({
  file: fc.constantFrom(...files),
  changes: fc.array(fc.record({ place: fc.noBias(fc.nat({ max: 999_999 })), ends: fc.boolean(), byte: fc.integer({ min: 0, max: 255 }) }), { minLength: 1, maxLength: 4 }),
  kept: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.noBias(fc.nat({ max: 999_999 })).map((n) => n / 1e6) }),
});

test('no damaged file ends the program, takes long or much memory', async () => {
  const path = join(temporaryFolder(), 'file');
  const codes = new Set<string>();
  const before = process.memoryUsage().rss;
  await fc.assert(fc.asyncProperty(damage, async ({ file: [file, dataset], changes, kept }) => {
    const bytes = readFileSync(join(folder, file));
    for (const { place, ends, byte } of changes) {
      const within = ends ? Math.min(bytes.length, 256) : bytes.length;
      const at = Math.floor((place / 1e6) * within);
      bytes[at % 2 === 0 || !ends ? at : bytes.length - 1 - at] = byte;
    }
    writeFileSync(path, bytes.subarray(0, Math.floor(kept * bytes.length)));
    const opened = await openArrays(path, dataset === '' ? undefined : dataset, '"file"');
    if (!opened.ok) for (const { code } of opened.findings) codes.add(code);
    if (!opened.ok) return;
    for (let i = 0; i < Math.min(opened.value.count, 5); i++) {
      const read = await opened.value.read(i);
      if (!read.ok) for (const { code } of read.findings) codes.add(code);
    }
    await opened.value.close();
    await readColumns(path, [dataset], '"file"');
  }), { numRuns: 1000, seed: 16 });
  expect([...codes]).toContain('picture-damaged');
  expect(process.memoryUsage().rss - before).toBeLessThan(500e6);
}, 120_000);
