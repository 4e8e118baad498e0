import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashinShtrikmanBulk, hashinShtrikmanShear, hashinShtrikmanYoung, reussBound, twoPhases, uniformYoung, voigtBound } from '#domain/bounds';
import { inverse3 } from '#engine/numerics/matrix-3';

const material = fc.record({
  name: fc.constant('any'),
  youngsModulus: fc.double({ min: 1e5, max: 1e12, noNaN: true }),
  poissonRatio: fc.double({ min: -0.9, max: 0.49, noNaN: true }),
});
const plane = fc.constantFrom('plane-stress' as const, 'plane-strain' as const);
const fraction = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const slack = 1 + 1e-9;

test('Reuss, Hashin–Shtrikman and Voigt are in order, for any pair of phases', () => {
  fc.assert(
    fc.property(material, material, plane, fraction, (white, black, assumption, f) => {
      const pair = twoPhases({ white, black }, assumption, f);
      const [reuss, voigt] = [reussBound(pair), voigtBound(pair)];
      const bulkOf = (c: Float64Array) => (c[0]! + c[1]!) / 2;
      for (const [range, low, high] of [
        [hashinShtrikmanBulk(pair), bulkOf(reuss), bulkOf(voigt)],
        [hashinShtrikmanShear(pair), reuss[8]!, voigt[8]!],
      ] as const) {
        expect(low).toBeLessThanOrEqual(range.lower * slack);
        expect(range.lower).toBeLessThanOrEqual(range.upper * slack);
        expect(range.upper).toBeLessThanOrEqual(high * slack);
      }
      const young = hashinShtrikmanYoung(pair);
      expect(young.lower).toBeLessThanOrEqual(young.upper * slack);
    }),
  );
});

test('Hashin–Shtrikman in the form of Hashin (1965) for a stiff white phase', () => {
  const white = { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 };
  const black = { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 };
  const f = 0.4;
  const pair = twoPhases({ white, black }, 'plane-stress', f);
  const { bulk: k1, shear: m1 } = pair.black;
  const { bulk: k2, shear: m2 } = pair.white;
  const bulk = hashinShtrikmanBulk(pair);
  expect(bulk.lower / (k1 + f / (1 / (k2 - k1) + (1 - f) / (k1 + m1)))).toBeCloseTo(1, 12);
  expect(bulk.upper / (k2 + (1 - f) / (1 / (k1 - k2) + f / (k2 + m2)))).toBeCloseTo(1, 12);
  const shear = hashinShtrikmanShear(pair);
  const lower = m1 + f / (1 / (m2 - m1) + ((1 - f) * (k1 + 2 * m1)) / (2 * m1 * (k1 + m1)));
  const upper = m2 + (1 - f) / (1 / (m1 - m2) + (f * (k2 + 2 * m2)) / (2 * m2 * (k2 + m2)));
  expect(shear.lower / lower).toBeCloseTo(1, 12);
  expect(shear.upper / upper).toBeCloseTo(1, 12);
});

test.each([
  [0.38, 109.3, 136.0],
  [0.39, 110.9, 138.2],
  [0.4, 112.4, 140.5],
  [0.41, 114.0, 142.8],
])('isotropic Young of boron and aluminum at %d is %d to %d GPa', (f, lower, upper) => {
  const white = { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 };
  const black = { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 };
  const range = hashinShtrikmanYoung(twoPhases({ white, black }, 'plane-stress', f));
  expect(Number((range.lower / 1e9).toFixed(1))).toBe(lower);
  expect(Number((range.upper / 1e9).toFixed(1))).toBe(upper);
});

test('all bounds meet when the phases are equal, and at the ends of the fraction', () => {
  const white = { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 };
  const black = { name: 'Foam', youngsModulus: 1e5, poissonRatio: 0.25 };
  for (const [phases, f, expected] of [
    [{ white, black: white }, 0.3, 379.3e9],
    [{ white, black }, 1, 379.3e9],
    [{ white, black }, 0, 1e5],
  ] as const) {
    const young = hashinShtrikmanYoung(twoPhases(phases, 'plane-stress', f));
    expect(young.lower / expected).toBeCloseTo(1, 9);
    expect(young.upper / expected).toBeCloseTo(1, 9);
  }
});

test("Young's modulus under uniform stress and strain is 1/S₁₁ of Reuss' and Voigt's stiffness", () => {
  fc.assert(
    fc.property(material, material, plane, fraction, (white, black, assumption, f) => {
      const pair = twoPhases({ white, black }, assumption, f);
      const { lower, upper } = uniformYoung(pair);
      expect(lower * inverse3(reussBound(pair))[0]!).toBeCloseTo(1, 10);
      expect(upper * inverse3(voigtBound(pair))[0]!).toBeCloseTo(1, 10);
    }),
  );
});
