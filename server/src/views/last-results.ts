/* What the last run of each case found, in the few numbers that the text itself shows. */
import type { CaseOverrides } from '#domain/case';
import { relativeDifference, type Property } from '#domain/objective';
import { caseKeys, firstDifference, keyOfStage, openStoredCase, propertyOf, type VirtualTestResult } from '#engine/api';
import type { CaseSpecification } from '#language/specification';
import { isOfCase, readRecords, type FoundRecord } from '#runner/history/record-files';
import { keyOfDescription } from '#runner/store/store';
import { resolveCase } from '#runner/weights/pretrained-file';
import type { ImageExtremes, LastResult } from '../last-results';
import type { OpenFolder } from './open-folders';
import type { Answer, Question } from './views-messages';

type Images = NonNullable<LastResult['images']>;

/** Of tested databases by the key of their tests: many cases share one. */
const extremesOf = new Map<string, Images>();

/** One entry a case that has run, by its name. */
export function lastResults(folder: OpenFolder | undefined, { folder: path, file, cases }: Question<'lastResults'>): Answer<'lastResults'> {
  const records = readRecords(path);
  return Object.fromEntries(
    cases.flatMap((specification) => {
      const own = records.filter((found) => isOfCase(found, file, specification.case.name));
      const images = folder && imagesOf(folder, specification);
      return own.length === 0 ? [] : [[specification.case.name, { ...resultOf(own, specification), ...(images && { images }) }]];
    }),
  );
}

/** State of the newest run; numbers of the newest that has some. */
function resultOf(records: readonly FoundRecord[], specification: CaseSpecification): LastResult {
  const newest = records[0]!;
  const keysOf = (of: CaseSpecification, overrides?: CaseOverrides) => caseKeys(resolveCase(of.case, overrides), keyOfDescription);
  const isStale = ({ record }: FoundRecord): boolean => firstDifference(keysOf(specification), keysOf(record.specification, record.overrides)) !== undefined;
  const found = records.find(({ record }) => record.best !== undefined) ?? newest;
  const { best, designs } = found.record;
  return {
    state: stateOf(newest),
    ...(designs && { designs }),
    ...(best && { best: { value: best.objectiveValue, ...(best.percentOfLimit !== undefined && { percentOfLimit: best.percentOfLimit }), ...(isStale(found) && { stale: true }) } }),
    hasReport: found.record.results !== undefined,
    ...(isStale(newest) && { stale: true }),
    ...(records.some((each) => each.record.state === 'finished' && each.record.until === 'validate' && !isStale(each)) && { complete: true }),
  };
}

function stateOf({ record: { state }, interrupted }: FoundRecord): LastResult['state'] {
  return interrupted ? 'interrupted' : state;
}

/** The extremes of the images that the text asks for, when they are tested. */
function imagesOf({ store }: OpenFolder, specification: CaseSpecification): Images | undefined {
  const stored = openStoredCase(resolveCase(specification.case), store);
  const key = keyOfStage(stored.keys, { stage: 'solve' });
  const known = extremesOf.get(key);
  if (known) return known;
  const tests = stored.read('tests');
  if (!tests) return undefined;
  const images = measure(tests);
  extremesOf.set(key, images);
  return images;
}

function measure(tests: readonly VirtualTestResult[]): Images {
  // A void may leave single images without a value.
  const has = (name: 'youngsModulus' | 'poissonRatio' | 'thermalExpansion'): boolean => tests.some((test) => test[name] !== undefined);
  return {
    ...(has('youngsModulus') && { 'youngs-modulus': measureProperty(tests, 'youngs-modulus') }),
    ...(has('poissonRatio') && { 'poisson-ratio': measureProperty(tests, 'poisson-ratio') }),
    ...(has('thermalExpansion') && { 'thermal-expansion': measureProperty(tests, 'thermal-expansion') }),
  };
}

function measureProperty(tests: readonly VirtualTestResult[], property: Property): ImageExtremes {
  let [highest, lowest, leastDifference] = [-Infinity, Infinity, Infinity];
  for (const test of tests) {
    const value = propertyOf(test, property);
    const { x, y } = value;
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    highest = Math.max(highest, Math.min(x, y));
    lowest = Math.min(lowest, Math.max(x, y));
    leastDifference = Math.min(leastDifference, relativeDifference(value));
  }
  return { highest, lowest, leastDifference };
}
