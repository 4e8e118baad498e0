import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { IsotropicMaterial, PhasePair, PlaneAssumption } from '#domain/materials';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { unpackImage } from '#engine/grid/microstructure-batch';

type Constants = Required<Omit<IsotropicMaterial, 'name'>>;
interface Golden {
  readonly resolution: number;
  readonly images: Readonly<Record<string, string>>;
  readonly runs: readonly {
    readonly name: string;
    readonly plane: PlaneAssumption;
    readonly white: Constants;
    readonly black: Constants;
    readonly box: readonly Record<'Ex' | 'Ey' | 'nuxy' | 'nuyx' | 'alphax' | 'alphay', number>[];
    readonly periodic: readonly { readonly stiffness: readonly number[]; readonly expansion: readonly number[] }[];
  }[];
}

const golden = JSON.parse(readFileSync(new URL('../../../golden/fem/virtual-tests.json', import.meta.url), 'utf8')) as Golden;
const names = Object.keys(golden.images);
const images = Object.values(golden.images).map((hex) =>
  unpackImage({ count: 1, resolution: golden.resolution, packed: Uint8Array.from(Buffer.from(hex, 'hex')) }, 0),
);

/** Relative error of E and α, absolute error of ν. */
const tolerance = 1e-6;

describe.each(golden.runs)('$name, $plane, against independent programs', ({ plane, white, black, box, periodic }) => {
  const phases: PhasePair = { white: { name: 'white', ...white }, black: { name: 'black', ...black } };

  test('compression and heating', () => {
    const compression = createVirtualTester(golden.resolution, phases, { kind: 'compression', plane });
    const heating = createVirtualTester(golden.resolution, phases, { kind: 'heating', plane });
    images.forEach((image, i) => {
      const expected = box[i]!;
      const heated = heating.run(image);
      for (const { youngsModulus, poissonRatio, statistics } of [compression.run(image), heated]) {
        // The last digits of the independent programs are not trusted.
        const estimated = statistics.errorEstimate! + 1e-12;
        expect(estimated, names[i]).toBeLessThan(tolerance);
        expect(youngsModulus!.x / expected.Ex - 1, names[i]).within(-estimated, estimated);
        expect(poissonRatio!.x - expected.nuxy, names[i]).within(-estimated, estimated);
        expect(poissonRatio!.y - expected.nuyx, names[i]).within(-estimated, estimated);
        expect(youngsModulus!.x / expected.Ex - 1, names[i]).within(-tolerance, tolerance);
        expect(youngsModulus!.y / expected.Ey - 1, names[i]).within(-tolerance, tolerance);
        expect(poissonRatio!.x - expected.nuxy, names[i]).within(-tolerance, tolerance);
        expect(poissonRatio!.y - expected.nuyx, names[i]).within(-tolerance, tolerance);
      }
      expect(heated.thermalExpansion!.x / expected.alphax - 1, names[i]).within(-tolerance, tolerance);
      expect(heated.thermalExpansion!.y / expected.alphay - 1, names[i]).within(-tolerance, tolerance);
    });
  });

  test('periodic', () => {
    const tester = createVirtualTester(golden.resolution, phases, { kind: 'periodic', plane });
    images.forEach((image, i) => {
      const expected = periodic[i]!;
      const { stiffness, thermalExpansion } = tester.run(image);
      for (let entry = 0; entry < 9; entry++) {
        const scale = Math.sqrt(expected.stiffness[4 * Math.floor(entry / 3)]! * expected.stiffness[4 * (entry % 3)]!);
        expect((stiffness![entry]! - expected.stiffness[entry]!) / scale, names[i]).within(-tolerance, tolerance);
      }
      expect(thermalExpansion!.x / expected.expansion[0]! - 1, names[i]).within(-tolerance, tolerance);
      expect(thermalExpansion!.y / expected.expansion[1]! - 1, names[i]).within(-tolerance, tolerance);
    });
  });
});
