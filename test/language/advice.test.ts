/* Whatever a remedy says to write instead is accepted: a finding that is mended as advised is gone, and none has come in its place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlacedFinding } from '#domain/finding';
import { applied } from './mended';
import { readText } from './read-fixture';

interface Settings {
  readonly material?: string;
  readonly database?: string;
  readonly families?: string;
  readonly learn?: string;
  readonly explain?: string;
  readonly construct?: string;
  readonly entries?: string;
}

function textOf({ material = 'young 379.3 GPa  poisson 0.3', database = 'size 800  fraction 0.38 .. 0.41', families = 'cells 100%', learn = '', explain = '', construct = '', entries = '' }: Settings): string {
  return `material A { ${material} }
material B { young 68.3 GPa  poisson 0.3 }
database D { ${database}  ${families} }
case C { white A  black B  from D  test periodic  maximize E along x, y
  learn compact { ${learn} } explain gradram { ${explain} } construct mirror { ${construct} } ${entries} }`;
}

/** Findings that stand where a fix has written, or that are still there as they were; `all` are those of the text. */
function remaining(finding: PlacedFinding, text: string, all: readonly PlacedFinding[]): readonly string[] {
  const isAlike = ({ code, message }: PlacedFinding): boolean => code === finding.code && message === finding.message;
  const alike = all.filter(isAlike).length;
  return (finding.fixes ?? []).flatMap((fix) => {
    const after = applied(text, fix);
    const { findings } = readText(after);
    // A number that is written right may still not fit the rest, which says so with a number of its own.
    const isOfTheCase = (code: string): boolean => /^(too-few-|patch-larger-|bound-out-|empty-range|reversed-range)/.test(code);
    const inPlace = findings
      .filter(({ severity, place: { start } }) => severity === 'error' && start.line === fix.range.start.line && start.character === fix.range.start.character)
      .filter(({ code }) => isOfTheCase(finding.code) || !isOfTheCase(code));
    return [...(findings.filter(isAlike).length < alike ? [] : [finding]), ...inPlace].map(({ code, message }) => `${fix.title}: ${code} ${message} in ${after}`);
  });
}

const number = fc.oneof(
  fc.constantFrom('0', '1', '1.5', '2.5', '3', '7', '12', '31.5', '33', '40', '64', '80', '99', '100', '100.5', '127', '200', '513', '1023.7', '1024', '5000', '1e6', '9999999.5', '1e7', '20000000', '-1', '-0.5', '0.3', '0.5', '1e-3', '1e-9', '1e300', '1e-300'),
  fc.double({ min: 1e-4, max: 2000, noNaN: true }).map(String),
);
const unit = fc.constantFrom('', '', '', '%', ' %', ' deg', ' GPa', ' Gpa', ' mPa', ' hPa', ' TPa', ' MPA', ' psi', ' 1/K', ' mrad', ' ‰', ' mm');
const quantity = fc.tuple(number, unit).map(([value, symbol]) => `${value}${symbol}`);
const range = fc.oneof(quantity, fc.tuple(quantity, quantity).map(([lower, upper]) => `${lower} .. ${upper}`));
const entry = (key: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof({ weight: 1, arbitrary: fc.constant('') }, { weight: 2, arbitrary: value.map((each) => `${key} ${each}`) });
const together = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.tuple(...parts).map((each) => each.join('  '));

const alike = [entry('filter', quantity), entry('symmetry', fc.constantFrom('square', 'mirror', 'none'))];
const sources = fc.array(fc.constantFrom('noise', 'disc', 'frame', 'images'), { minLength: 1, maxLength: 3 }).map((each) => each.join(', '));
const optimizing = fc
  .tuple(together(entry('best', quantity), ...alike), together(entry('starts', quantity), entry('from', sources), ...alike))
  .map(([refine, compare]) => `refine optimization { ${refine} } compare optimization { ${compare} }`);

const odd = fc.record({
  material: fc.tuple(quantity, quantity, entry('expansion', quantity)).map(([young, poisson, expansion]) => `young ${young}  poisson ${poisson}  ${expansion}`),
  database: fc.tuple(quantity, quantity, range, entry('seed', quantity)).map(([size, resolution, fraction, seed]) => `size ${size}  resolution ${resolution}  fraction ${fraction}  ${seed}`),
  families: together(entry('particles', quantity), entry('fibers', quantity), entry('spinodal', quantity), fc.tuple(quantity, entry('count', range)).map(([share, count]) => `cells ${share} { ${count} }`)),
  learn: together(entry('epochs', quantity), entry('batch', quantity), entry('rate', quantity), entry('holdout', quantity), entry('patience', quantity)),
  explain: together(entry('outliers top', quantity), entry('threshold', fc.array(quantity, { minLength: 1, maxLength: 3 }).map((each) => each.join(','))), entry('layer', fc.constantFrom('last', 'stage-1', 'stage-3', 'layer9'))),
  construct: together(entry('prune', quantity), entry('patch', quantity)),
  entries: together(entry('subject to fraction in', range), entry('subject to E >', quantity), entry('subject to poisson <', quantity), entry('subject to difference(E) <', quantity), optimizing),
});

test('whatever odd numbers and units a file has', { timeout: 60_000 }, () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(fc.oneof(odd, ...Object.keys({ material: 0, database: 0, families: 0, learn: 0, explain: 0, construct: 0, entries: 0 }).map((part) => odd.map((each) => ({ [part]: each[part as keyof Settings] }) as Settings))), (settings) => {
      const text = textOf(settings);
      const { findings } = readText(text);
      for (const finding of findings) {
        expect(`${finding.message} ${finding.remedy}`).not.toMatch(/(?<![\d.])1 (images|outliers|pixels|numbers|periods)\b/);
        if (finding.fixes !== undefined) kinds.add(finding.code);
        expect(remaining(finding, text, findings)).toEqual([]);
      }
    }),
    { numRuns: 1200, seed: 17 },
  );
  expect([...kinds].toSorted()).toEqual(expect.arrayContaining(['fraction-window-too-narrow', 'missing-unit', 'not-a-whole-number', 'resolution-not-supported', 'reversed-range', 'shares-not-100-percent', 'too-few-images', 'too-few-outliers', 'unknown-unit', 'value-out-of-range', 'bound-out-of-reach']));
});

describe('the number in a remedy does what it is for', () => {
  test.each<[string, Settings, RegExp]>([
    ['a resolution with decimals', { database: 'size 800  resolution 33.4  fraction 0.38 .. 0.41' }, /Write `32`/],
    ['a resolution', { database: 'size 800  resolution 127  fraction 0.38 .. 0.41' }, /Write `resolution 128`/],
    ['a patch with decimals', { construct: 'patch 2.5' }, /Write `4`/],
    ['an outlier share in percent', { explain: 'outliers top 80' }, /up to 50%/],
    ['a share of many digits', { families: 'particles 0.333333333  cells 50%' }, /`cells 66\.6666667%`/],
    ['a window of an image', { database: 'size 800  resolution 64  fraction 0.40001 .. 0.40005' }, /such as `0\.\d+ \.\. 0\.\d+`/],
    ['a window of a cell', { entries: 'subject to fraction in 0.400001 .. 0.400002' }, /such as `0\.\d+ \.\. 0\.\d+`/],
    ['a hold-out', { database: 'size 60  fraction 0.38 .. 0.41', explain: 'outliers top 50%' }, /at least 62/],
    ['outliers', { database: 'size 100  fraction 0.38 .. 0.41', explain: 'outliers top 5%' }, /at least 800 images, or a share of at least 14\.2%/],
    ['a bound', { entries: 'subject to E > 300 GPa' }, /Use a bound of `\d+(\.\d)? GPa` or less/],
    ['a decimal comma in a list', { explain: 'threshold 0,5, 0,6' }, /Write `threshold 0\.5, 0\.6`/],
    ['a share as a plain number', { material: 'young 1 GPa  poisson 30%' }, /Write `0\.3`/],
  ])('%s', (_what, settings, advised) => {
    const text = textOf(settings);
    const { findings } = readText(text);
    const finding = findings.find(({ remedy }) => advised.test(remedy ?? ''));
    expect(finding, JSON.stringify(findings)).toBeDefined();
    expect(remaining(finding!, text, findings)).toEqual([]);
    for (const fix of finding!.fixes ?? []) expect(readText(applied(text, fix)).findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
  });
});

test("the modulus that a contrast asks for is enough", () => {
  fc.assert(
    fc.property(fc.double({ min: 1, max: 9.999, noNaN: true }), fc.double({ min: -0.9, max: 0.49, noNaN: true }), fc.integer({ min: -4, max: 1 }), fc.boolean(), (mantissa, poisson, exponent, strain) => {
      const textWith = (young: string): string =>
        `material A { young ${young}  poisson ${poisson.toFixed(6)} } material B { young ${mantissa} TPa  poisson 0.3 } database D { size 800  fraction 0.38 .. 0.41  cells 100% }
         case C { white B  black A  from D  test periodic  plane ${strain ? 'strain' : 'stress'}  maximize E along x, y }`;
      const { findings } = readText(textWith(`${mantissa * 10 ** exponent} Pa`));
      const found = findings.find(({ code }) => code === 'contrast-too-high');
      const [, young] = /at least (\S+ \S+)\.$/.exec(found?.remedy ?? '') ?? [];
      expect(young, JSON.stringify(findings)).toBeDefined();
      expect(readText(textWith(young!)).findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    }),
    { numRuns: 300, seed: 4 },
  );
});
