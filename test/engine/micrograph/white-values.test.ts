import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WhiteRule } from '#domain/image-files';
import { otsuThreshold } from '#engine/micrograph/otsu';
import { twoValues, valueLevels, valueRange } from '#engine/micrograph/value-levels';
import { whitePixels, whiteValues } from '#engine/micrograph/white-values';

const pictureOf = (values: Uint8Array | Uint16Array | Float32Array) => ({ width: values.length, height: 1, values });

function whiteOf(values: Uint8Array | Uint16Array | Float32Array, rule?: WhiteRule): string {
  const picture = pictureOf(values);
  const cut = whiteValues(valueLevels(picture), rule, '"a.png"');
  if (!cut.ok) return cut.findings[0]!.code;
  return whitePixels(picture, cut.value, { x: 0, y: 0, width: values.length, height: 1 }).join('');
}

test.each([
  [undefined, [0, 255, 0], '010'],
  [undefined, [7, 3], '10'],
  [{ kind: 'is', value: 'darker' }, [7, 3, 3], '011'],
  [{ kind: 'above', value: 128 }, [127, 128, 129], '001'],
  [{ kind: 'below', value: 128 }, [127, 128, 129], '100'],
  [{ kind: 'is', value: 2 }, [1, 2, 3, 2], '0101'],
  [{ kind: 'above', value: 'otsu' }, [10, 12, 14, 200, 210], '00011'],
  [{ kind: 'below', value: 'otsu' }, [10, 12, 14, 200, 210], '11100'],
  [undefined, [0, 128, 255], 'image-many-levels'],
  [{ kind: 'is', value: 'darker' }, [0, 128, 255], 'image-many-levels'],
  [undefined, [9, 9], '00'],
  [{ kind: 'is', value: 'darker' }, [9, 9], '00'],
  [{ kind: 'above', value: 'otsu' }, [9, 9], '00'],
  [{ kind: 'below', value: 'otsu' }, [9, 9], '00'],
] as const)('white by %o of %o', (rule, values, expected) => {
  expect(whiteOf(Uint8Array.from(values), rule)).toBe(expected);
  expect(whiteOf(Uint16Array.from(values), rule)).toBe(expected);
  expect(whiteOf(Float32Array.from(values), rule)).toBe(expected);
});

test('the finding says what the picture has', () => {
  const found = whiteValues(valueLevels(pictureOf(Uint8Array.of(3, 128, 250))), undefined, '"a.png"');
  expect(found).toMatchObject({ ok: false, findings: [{ message: '"a.png" has more than two values, from 3 to 250, and the database does not say which of them are white.' }] });
});

test('two floats are two values however near, three in one bin are not', () => {
  expect(twoValues(valueLevels(pictureOf(Float32Array.of(0.5, 0.25, 0.5))))).toEqual([0.25, 0.5]);
  expect(twoValues(valueLevels(pictureOf(Float32Array.of(0, 1e-6, 1))))).toBeUndefined();
  expect(valueRange(valueLevels(pictureOf(Float32Array.of(0, -3, 1))))).toEqual({ minimum: -3, maximum: 1 });
});

test('Otsu maximizes the variance between the classes: no other threshold gives more', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 2, maxLength: 60 }), (values) => {
      const between = (threshold: number): number => {
        const [lower, upper] = [values.filter((value) => value <= threshold), values.filter((value) => value > threshold)];
        const mean = (part: readonly number[]): number => part.reduce((sum, value) => sum + value, 0) / part.length;
        return lower.length === 0 || upper.length === 0 ? 0 : lower.length * upper.length * (mean(lower) - mean(upper)) ** 2;
      };
      const threshold = otsuThreshold(valueLevels(pictureOf(Uint8Array.from(values))));
      if (threshold === undefined) return new Set(values).size === 1;
      const most = Math.max(...values.map(between));
      return between(threshold) >= most * (1 - 1e-12);
    }),
  );
});
