/* What libpng reads is read, with its pixels and remarks; what it refuses is refused. Files and verdicts: test/golden/libpng. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';

interface Verdict {
  readonly name: string;
  /** Base64. */
  readonly png: string;
  /** Why libpng refuses it. */
  readonly refused?: string;
  /** How often libpng warns. */
  readonly warnings?: number;
  readonly width?: number;
  readonly height?: number;
  /** Rows of # and ., or the finding. */
  readonly phases?: string;
}

const { files } = JSON.parse(readFileSync(new URL('../../golden/libpng/libpng.json', import.meta.url), 'utf8')) as { readonly files: readonly Verdict[] };

const damage = ['image-damaged', 'image-not-png'];
const sizes = ['image-not-square', 'image-not-power-of-two', 'image-too-large'];

/** The header is read before its checksum, so that what is too large is refused by it alone. */
const isRefusedBySize = (code: string, { refused, width, height }: Verdict): boolean => sizes.includes(code) && (refused !== undefined || width !== height);

async function outcomeOf(png: string): Promise<{ readonly code: string; readonly phases: string; readonly warnings: string[] }> {
  const result = await readTwoPhasePng(Buffer.from(png, 'base64'));
  if (!result.ok) return { code: result.findings[0]!.code, phases: '', warnings: [] };
  const { image, warnings } = result.value;
  return { code: '', phases: [...image.data].map((white) => (white ? '#' : '.')).join(''), warnings: warnings.map(({ message }) => message) };
}

test('what libpng reads is read to the same pixels, and what it refuses is refused', async () => {
  const different: string[] = [];
  for (const file of files) {
    const { code, phases } = await outcomeOf(file.png);
    if (isRefusedBySize(code, file)) continue;
    const same = file.refused === undefined ? !damage.includes(code) && (code || phases) === file.phases : damage.includes(code);
    if (!same) different.push(`${file.name}: ${code || 'read'}`);
  }
  expect(different).toEqual([
    // libpng looks for the end of the stream a little way beyond the pixels; we stop at the first byte.
    'image data too long and without an end: read',
    // It takes the stream row by row and so has all pixels before it sees the wrong sum, or has not, as its blocks fall.
    'mutation 292: byte: image-damaged',
  ]);
  expect(files.filter(({ phases }) => phases?.includes('#')).length).toBeGreaterThan(100);
  expect(files.filter(({ refused }) => refused !== undefined).length).toBeGreaterThan(100);
});

test('where libpng warns there is a warning, but for what other chunks say; beyond that only for bytes without use', async () => {
  const [unheard, added]: [string[], Set<string>] = [[], new Set()];
  for (const file of files) {
    const { code, warnings } = await outcomeOf(file.png);
    if (code !== '' || file.refused !== undefined) continue;
    if (file.warnings! > 0 && warnings.length === 0) unheard.push(file.name);
    if (file.warnings === 0) for (const warning of warnings) added.add(warning.replaceAll(/\d+/g, 'N').replace(/bytes after its end are|byte after its end is/, 'bytes after its end are'));
  }
  expect(unheard).toEqual(['gamma, resolution, time', 'a background', 'significant bits'].map((name) => `after the pixels ${name}`));
  expect([...added].toSorted()).toEqual([
    'the image is read, but N bytes after its end are ignored.',
    'the image is read, but its image data continue after the last pixel; the surplus is ignored.',
  ]);
});
