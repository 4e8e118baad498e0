/* Numbers and signs as other programs and keyboards write them: what is advised keeps their value. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readText } from './read-fixture';
import { mended } from './mended';

/** The findings of a material with these entries, and its values after the first fix of each finding, one after the other. */
function mend(entries: string, choose = 0) {
  const text = `material A { ${entries} }\nmaterial B { young 2 GPa  poisson 0.2 }\ndatabase D { size 800  fraction 0.38 .. 0.41  cells 100% }\ncase C { white A  black B  from D  minimize E along x, y }`;
  const { findings } = readText(text);
  const after = mended(text, choose);
  const white = readText(after).specification?.cases[0]?.case.phases.white;
  return { findings, white, text: after };
}

describe('one finding, and one that keeps the value', () => {
  test.each<[string, string, number, number, number?]>([
    ['a minus sign', 'young 3 GPa  poisson −0.3', 3e9, -0.3],
    ['a minus sign that touches its entry', 'young 3 GPa  poisson−0.3', 3e9, -0.3],
    ['a minus that stands alone', 'young 3 GPa  poisson - 0.3', 3e9, -0.3],
    ['an en dash', 'young 3 GPa  poisson – .3', 3e9, -0.3],
    ['a minus in an exponent', 'young 3e−1 GPa  poisson 0.3', 3e8, 0.3],
    ['a decimal comma', 'young 379,3 GPa  poisson 0.3', 379.3e9, 0.3],
    ['a negative decimal comma', 'young 3 GPa  poisson −0,3', 3e9, -0.3],
    ['grouped by commas', 'young 1,234,567 MPa  poisson 0.3', 1.234567e12, 0.3],
    ['grouped by blanks', 'young 210 000 MPa  poisson 0.3', 210e9, 0.3],
    ['grouped by narrow blanks', 'young 210\u202f000 MPa  poisson 0.3', 210e9, 0.3],
    ["grouped by apostrophes", "young 210'000 MPa  poisson 0.3", 210e9, 0.3],
    ['a power of ten', 'young 3×10^9 Pa  poisson 0.3', 3e9, 0.3],
    ['a raised power of ten', 'young 3·10⁹ Pa  poisson 0.3', 3e9, 0.3],
    ['a power with a comma', 'young 3,5 × 10⁹ Pa  poisson 0.3', 3.5e9, 0.3],
    ['a power by an x', 'young 3 x 10^9 Pa  poisson 0.3', 3e9, 0.3],
    ['a power by stars', 'young 3*10**9 Pa  poisson 0.3', 3e9, 0.3],
    ['a power alone', 'young 10⁹ Pa  poisson 0.3', 1e9, 0.3],
    ['a power without a sign between', 'young 3 10^9 Pa  poisson 0.3', 3e9, 0.3],
    ['full-width digits', 'young ３．５ GPa  poisson 0.3', 3.5e9, 0.3],
    ['digits of another script', 'young ٣ GPa  poisson 0.3', 3e9, 0.3],
    ['a Cyrillic letter', 'young 3 GРa  poisson 0.3', 3e9, 0.3],
    ['a full-width percent', 'young 3 GPa  poisson 30%', 3e9, 0.3],
    ['a character that nobody sees', 'young 3\u200b5 GPa  poisson 0.3', 35e9, 0.3],
    ['a unit of the wrong case', 'young 3 gpa  poisson 0.3', 3e9, 0.3],
    ['a unit that is not here', 'young 3 hPa  poisson 0.3', 300, 0.3],
    ['millipascals', 'young 3e9 mPa  poisson 0.3', 3e6, 0.3],
    ['petapascals', 'young 0.002 PPa  poisson 0.3', 2e12, 0.3],
  ])('%s: %s', (_what, entries, young, poisson) => {
    const { findings, white, text } = mend(entries);
    expect(findings.filter(({ severity }) => severity === 'error'), JSON.stringify(findings)).toHaveLength(1);
    expect(white, text).toMatchObject({ youngsModulus: young, poissonRatio: poisson });
  });

  test('what may be read in two ways has both', () => {
    expect(mend('young 1,000 GPa  poisson 0.3', 0).white?.youngsModulus).toBe(1e9);
    expect(mend('young 1,000 GPa  poisson 0.3', 1).white?.youngsModulus).toBe(1e12);
  });

  test.each([
    ['fraction 0.38 – 0.41'],
    ['fraction 0.38-0.41'],
    ['fraction 38%—41%'],
    ['fraction 0.38 … 0.41'],
    ['fraction 0.38...0.41'],
    ['fraction 0,38 .. 0,41'],
    ['fraction 0.41 .. 0.38'],
  ])('a range: %s', (entry) => {
    const text = `database D { size 800  ${entry}  cells 100% }`;
    expect(readText(text).findings.map(({ code }) => code)).toHaveLength(1);
    expect(mended(text)).toMatch(/fraction (0\.38 \.\. 0\.41|38% \.\. 41%)  cells/);
    expect(readText(mended(text)).findings).toEqual([]);
  });

  test('names, paths and words', () => {
    expect(mended('material Ti–6Al‑4V { young 1 GPa  poisson 0.3 }')).toBe('material Ti-6Al-4V { young 1 GPa  poisson 0.3 }');
    expect(mended('import “xdesign:materials”')).toBe('import "xdesign:materials"');
    expect(readText('case C { explain gradram { layer stage–1 } }').findings.filter(({ message }) => message.includes('stage'))).toEqual([]);
  });
});

test('whatever the number: each way to write it is advised back to it', () => {
  const ways: readonly ((mantissa: number, exponent: number) => string)[] = [
    (m, e) => `${m}×10^${e}`,
    (m, e) => `${m} · 10${[...String(e)].map((each) => (each === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(each)])).join('')}`,
    (m, e) => `${m}e${e}`.replaceAll('-', '−'),
    (m, e) => `${m}e${e}`.replace('.', ','),
    (m, e) => [...`${m}e${e}`].map((each) => (/\d/.test(each) ? String.fromCodePoint(0xff10 + Number(each)) : each)).join(''),
  ];
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9999 }), fc.integer({ min: -20, max: 20 }), fc.constantFrom(...ways), (digits, exponent, way) => {
      const mantissa = digits / 1000;
      const { white, text } = mend(`young 1 GPa  poisson 0.3  expansion ${way(mantissa, exponent)} 1/K`);
      expect(white?.thermalExpansion, text).toBe(Number(`${mantissa}e${exponent}`));
    }),
    { numRuns: 300, seed: 3 },
  );
});

describe('numbers that cannot be computed with', () => {
  test.each([
    ['young 1e400 GPa  poisson 0.3', /`young` is 1e400 GPa, which is too large/],
    ['young 1e300 GPa  poisson 0.3', /too large/],
    ['young 1e22 GPa  poisson 0.3', /too large/],
    ['young 1 GPa  poisson 0.3  expansion 1e31 1/K', /too large/],
    ['young 1e-40 GPa  poisson 0.3', /too small/],
    [`young 9${'0'.repeat(400)} Pa  poisson 0.3`, /too large/],
    ['young -1e400 GPa  poisson 0.3', /too large/],
    ['young 1e-400 GPa  poisson 0.3', /`young` is 1e-400 GPa, which is too small/],
    ['young 1e-320 Pa  poisson 0.3', /too small/],
    ['young 1 GPa  poisson 1e-400', /too small/],
    ['young Infinity GPa  poisson 0.3', /`Infinity` is not a number that can be computed with/],
    ['young NaN GPa  poisson 0.3', /`NaN` is not a number/],
    ['young −∞ GPa  poisson 0.3', /∞` is not a number/],
  ])('%s', (entries, message) => {
    const { findings, white } = mend(entries);
    expect(findings.filter(({ severity }) => severity === 'error').map((each) => each.message)).toEqual([expect.stringMatching(message)]);
    expect(findings[0]!.fixes).toBeUndefined();
    expect(white).toBeUndefined();
  });

  test('but zero is zero, however it is written', () => {
    expect(mend('young 1 GPa  poisson 0e-999').white?.poissonRatio).toBe(0);
    expect(mend('young 1 GPa  poisson -0').white?.poissonRatio).toBeCloseTo(0);
  });
});

test('what stands in a comment or is right is nobody\'s business', () => {
  const text = '/* −0.3 and 0,3 “so” */ material A { young 3 GPa  poisson 0.3 } // 3×10^9\nmaterial B { young 1 GPa  posson 0.3 }';
  expect(readText(text).findings.map(({ code, place }) => [code, place.start.line])).toEqual([['syntax', 1]]);
  expect(readText('case C { explain gradram { threshold 0.5,0.6,0.7 } layer }').findings.filter(({ message }) => message.includes('0.5'))).toEqual([]);
});
