/* The drawings of examples/paper/literature: made by their script, periodic cells of a case, with the properties that independent programs give them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createVirtualTester, propertyOf, volumeFraction, type Image2D } from '#engine/api';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';

const folder = fileURLToPath(new URL('../../examples/paper/literature/', import.meta.url));
const names = readdirSync(folder).filter((name) => name.endsWith('.png')).map((name) => name.slice(0, -4)).sort();
const script = (await import(join(folder, 'draw.mjs'))) as { readonly drawings: Readonly<Record<string, () => Uint8Array>> };

async function imageOf(name: string): Promise<Image2D<'binary'>> {
  const read = await readTwoPhasePng(join(folder, `${name}.png`));
  if (!read.ok) throw new Error(read.findings[0]!.message);
  return read.value.image;
}

test('each is what the script draws, with a fraction in the range of the paper', async () => {
  expect(Object.keys(script.drawings).toSorted()).toEqual(names);
  for (const name of names) {
    const image = await imageOf(name);
    expect(image.data, name).toEqual(script.drawings[name]!());
    expect(volumeFraction(image), name).toBeGreaterThanOrEqual(0.39);
    expect(volumeFraction(image), name).toBeLessThanOrEqual(0.4);
  }
});

type Values = Readonly<Record<'Ex' | 'Ey' | 'nuxy' | 'nuyx' | 'alphax' | 'alphay', number>>;
interface Golden {
  readonly runs: readonly {
    readonly name: string;
    readonly white: { readonly youngsModulus: number; readonly poissonRatio: number; readonly thermalExpansion: number };
    readonly black: { readonly youngsModulus: number; readonly poissonRatio: number; readonly thermalExpansion: number };
    readonly box: Readonly<Record<string, Values>>;
    readonly periodic: Readonly<Record<string, Omit<Values, 'nuyx'>>>;
  }[];
}
const golden = JSON.parse(readFileSync(fileURLToPath(new URL('../golden/literature/properties.json', import.meta.url)), 'utf8')) as Golden;

const near = (measured: number, expected: number, what: string): void => expect(Math.abs(measured - expected) / Math.max(Math.abs(expected), 1e-12), what).toBeLessThan(1e-6);

describe.each(golden.runs)('$name: each keeps its property within 1e-6', ({ white, black, box, periodic }) => {
  test.each(['heating', 'periodic'] as const)('by the test %s', async (kind) => {
    const tester = createVirtualTester(128, { white: { name: 'white', ...white }, black: { name: 'black', ...black } }, { kind, plane: 'plane-stress' });
    for (const name of names) {
      const result = tester.run(await imageOf(name));
      const expected = (kind === 'heating' ? box : periodic)[name]!;
      near(result.youngsModulus!.x, expected.Ex, `Ex of ${name}`);
      near(result.youngsModulus!.y, expected.Ey, `Ey of ${name}`);
      near(result.poissonRatio!.x, expected.nuxy, `ν of ${name}`);
      const { x, y } = propertyOf(result, 'thermal-expansion');
      near(x, expected.alphax, `αx of ${name}`);
      near(y, expected.alphay, `αy of ${name}`);
    }
  });
});
