import fc from 'fast-check';
import { expect, test } from 'vitest';
import { measuredText } from '#cli/commands/simulate';

test('what a test measured is told in units that fit, moduli in one', () => {
  expect(measuredText({ Ex: 141.2341e9, Ey: 98.7e9, nuxy: 0.2985, nuyx: 0.3 })).toBe('Ex 141.234 GPa  Ey 98.7000 GPa  nuxy 0.2985  nuyx 0.3000');
  expect(measuredText({ Ex: 12.5e3, Ey: 3.1e3, nuxy: -0.25, nuyx: 0, Gxy: 4.4e3 })).toBe('Ex 12.5000 kPa  Ey 3.10000 kPa  nuxy -0.2500  nuyx 0  Gxy 4.40000 kPa');
  expect(measuredText({ alphax: 12.3145e-6, alphay: -1e-7 })).toBe('alphax 12.315e-6 1/K  alphay -0.10000e-6 1/K');
  expect(measuredText({ alphax: 1e-15, alphay: 0 })).toBe('alphax 1.0000e-15 1/K  alphay 0 1/K');
});

test('from 1 Pa to 1 TPa and down to tiny ratios: three significant digits at least, and the value', () => {
  const powers: Readonly<Record<string, number>> = { Pa: 1, kPa: 1e3, MPa: 1e6, GPa: 1e9 };
  const size = fc.tuple(fc.double({ min: 1, max: 9.99, noNaN: true }), fc.integer({ min: 0, max: 11 })).map(([mantissa, exponent]) => mantissa * 10 ** exponent);
  const small = fc.tuple(fc.double({ min: -9.99, max: 9.99, noNaN: true }).filter((each) => Math.abs(each) >= 1), fc.integer({ min: -18, max: -1 })).map(([mantissa, exponent]) => mantissa * 10 ** exponent);
  fc.assert(
    fc.property(size, size, small, small, (Ex, Ey, nuxy, alphax) => {
      const text = measuredText({ Ex, Ey, nuxy, nuyx: nuxy, alphax, alphay: alphax });
      const told = new Map([...text.matchAll(/(\w+) (-?[\d.]+(?:e[+-]?\d+)?) ?([kMG]?Pa|1\/K)?/g)].map(([, name, number, unit]) => [name!, { number: number!, unit }]));
      for (const [name, value] of Object.entries({ Ex, Ey, nuxy, alphax })) {
        const { number, unit } = told.get(name)!;
        expect(Math.abs(Number(number) * (powers[unit ?? ''] ?? 1) - value), text).toBeLessThanOrEqual(1e-3 * Math.abs(value));
        expect(number.replace(/e.*/, '').replace(/[-.]/g, '').replace(/^0+/, '').length, text).toBeGreaterThanOrEqual(3);
      }
      expect(told.get('Ex')!.unit).toBe(told.get('Ey')!.unit);
    }),
    { numRuns: 1000, seed: 2 },
  );
});
