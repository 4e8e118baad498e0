import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planeElement } from '#engine/fem/plane-element';
import { planeStrainTwin } from '#engine/fem/plane-strain-twin';

test('the twin in plane strain is the material in plane stress, element for element', () => {
  const materials = fc.record({ youngsModulus: fc.double({ min: 1e5, max: 1e12, noNaN: true }), poissonRatio: fc.double({ min: -0.45, max: 0.49, noNaN: true }) });
  fc.assert(
    fc.property(materials, (constants) => {
      const material = { name: 'any', ...constants, thermalExpansion: 2e-5 };
      const expected = planeElement(material, 'plane-stress');
      const twin = planeElement(planeStrainTwin(material)!, 'plane-strain');
      // The last entry is the energy of the held element, which plane strain holds in the third direction too.
      for (let entry = 0; entry < 80; entry++) {
        const scale = Math.sqrt(Math.abs(expected[10 * Math.floor(entry / 9)]! * expected[10 * (entry % 9)]!));
        expect((twin[entry]! - expected[entry]!) / scale).toBeCloseTo(0, 9);
      }
    }),
  );
});

test('has no expansion where the material has none, and there is no twin for ν ≤ −1/2', () => {
  expect(planeStrainTwin({ name: 'a', youngsModulus: 1, poissonRatio: 0.3 })).not.toHaveProperty('thermalExpansion');
  expect(planeStrainTwin({ name: 'b', youngsModulus: 1, poissonRatio: -0.5 })).toBeUndefined();
});
