/* One whole run of a small specification, and what later runs take from its store. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { placeText, stagePlaces } from '#domain/stages';
import { firstDifference, openStoredCase } from '#engine/api';
import { readRecords } from '#runner/history/record-files';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import type { SimulatedImage } from '#runner/simulate';
import { openStore } from '#runner/store/store';
import { resolveCase } from '#runner/weights/pretrained-file';
import { buildCommand, type Command, type Ended } from './command';
import { readRunJson, type RunJson } from './run-json';
import { createWorkplace, leastCase, resultBytes, smallCase, stagesOf, storedValues, type Workplace } from './workplace';

/** The first design with its objective's value, the worse of the two directions. */
function bestOf({ cases }: RunJson) {
  const { properties, percentOfLimit, feasible, beatsDatabase } = cases[0]!.arms[0]!.designs[0]!;
  return { objectiveValue: Math.min(properties.Ex, properties.Ey), percentOfLimit, feasible, beatsDatabase };
}

/** Both arms of the case, and their stages by name. */
const places = stagePlaces([{ name: 'explained' }, { name: 'control' }]);
const stages = places.map(placeText);

let command: Command;
let place: Workplace;
const overrides = ['--size', '80', '--epochs', '3', '--seed', '5'];

/** The run that all tests are about; the first that asks starts it. */
const firstRun = (): Promise<{ ended: Ended; json: RunJson }> => (started ??= startFirstRun());
let started: Promise<{ ended: Ended; json: RunJson }> | undefined;
async function startFirstRun(): Promise<{ ended: Ended; json: RunJson }> {
  const ended = await command.run('run', place.file, ...overrides, '--workers', '2', '--json');
  return { ended, json: readRunJson(ended.lines) };
}

beforeAll(async () => {
  command = await buildCommand();
  place = createWorkplace(smallCase());
});
afterAll(() => {
  place.remove();
  command.remove();
});

describe('a run', () => {
  test('ends well, tells its stages on the error stream and where the report is on the other', async () => {
    const { ended: first, json } = await firstRun();
    expect(first).toMatchObject({ code: 0, signal: null });
    expect(first.errors).toMatch(/^Case Stiffness\n/);
    for (const stage of stages) expect(first.errors).toMatch(new RegExp(`^ {2}${stage} +finished, \\d.*$`, 'm'));
    expect(first.lines.at(-2)).toBe(`Report: ${json.report}`);
  });

  test('is kept in the history, and its settings alone lead to everything it stored', async () => {
    const { json } = await firstRun();
    const [found, ...others] = readRecords(place.runFolder);
    expect(others).toEqual([]);
    const { record, interrupted } = found!;
    const { objectiveValue, percentOfLimit, feasible, beatsDatabase } = bestOf(json);
    const [own] = json.cases[0]!.arms;
    expect({ ...record, interrupted }).toMatchObject({
      startedBy: 'command', state: 'finished', until: 'validate', interrupted: false,
      overrides: { size: 80, epochs: 3, seed: 5 },
      results: join(place.runFolder, 'results/Stiffness'),
      designs: { all: own!.designs.length, feasible: own!.designs.filter((design) => design.feasible).length },
      best: { property: 'youngs-modulus', objectiveValue, percentOfLimit, feasible, beatsDatabase },
    });
    expect(record.stages.map(({ seconds: _seconds, ...stage }) => stage)).toEqual(places.map((each) => ({ ...each, state: 'finished', reused: 'nothing' })));

    const store = openStore(place.runFolder, () => expect.unreachable());
    onTestFinished(() => store.close());
    const stored = openStoredCase(resolveCase(record.specification.case, record.overrides), store);
    expect([...stored.keys].map(([name, { key }]) => [name, key])).toEqual(stagesOf(place.runFolder).map(({ key, ...each }) => [placeText(each), key]));
    expect(stored.read('images')!.images.count).toBe(80);
    expect(stored.missing()).toBeUndefined();
    for (const { name, designs } of json.cases[0]!.arms) {
      expect(stored.readArm(name, 'candidates')!.candidates).toHaveLength(designs.length);
      expect(stored.readArm(name, 'cellTests')!.measured).toHaveLength(designs.length);
    }
    const other = openStoredCase(resolveCase(record.specification.case, { ...record.overrides, epochs: 4 }), store);
    expect(firstDifference(other.keys, stored.keys)).toEqual({ stage: 'learn' });
    expect(firstDifference(stored.keys, stored.keys)).toBe(undefined);
    expect([other.read('tests')?.length, other.read('learned')]).toEqual([80, undefined]);
  });

  test('ends its output with the promised JSON', async () => {
    const { cases, report } = (await firstRun()).json;
    expect(cases).toHaveLength(1);
    const { name, database, learning, faithfulness, arms, comparisons, seconds } = cases[0]!;
    expect(name).toBe('Stiffness');
    expect(database.count).toBe(80);
    expect(database.best.objectiveValue).toBe(Math.min(database.best.x, database.best.y));
    for (const quality of [learning.r2, learning.mse]) expect(Object.keys(quality)).toEqual(['x', 'y']);
    for (const direction of ['x', 'y']) {
      expect(learning.r2[direction]).toBeLessThanOrEqual(1);
      expect(learning.mse[direction]).toBeGreaterThan(0);
    }
    expect(learning.trainSeconds).toBeGreaterThan(0.01);
    expect(learning.trainSeconds).toBeLessThan(100);
    expect(faithfulness.images).toBeGreaterThan(3);
    expect(faithfulness.maps.map(({ layer, direction }) => `${layer} ${direction}`)).toEqual(['last x', 'last y', 'stage-1 x', 'stage-1 y', 'stage-2 x', 'stage-2 y']);
    expect(faithfulness.perturbation.map(({ ranking }) => ranking)).toEqual(['last', 'stage-1', 'stage-2', 'exact']);
    expect(Object.keys(seconds)).toEqual(stages);
    for (const value of Object.values(seconds)) expect(value).toBeGreaterThanOrEqual(0);
    expect(report).toBe(join(place.runFolder, 'results/Stiffness/report.html'));

    expect(arms.map((arm) => arm.name)).toEqual(['explained', 'control']);
    expect(comparisons).toMatchObject([{ arms: ['explained', 'control'], superiority: expect.any(Number), byImage: { pOneSided: expect.any(Number) } }]);
    for (const { attempts, designs } of arms) {
      expect(designs.length).toBeGreaterThan(3);
      expect(attempts).toBeGreaterThanOrEqual(designs.length);
      const ranks = designs.map(({ feasible, properties: { Ex, Ey } }) => Math.min(Ex, Ey) + (feasible ? 1e15 : 0));
      expect(ranks).toEqual(ranks.toSorted((a, b) => b - a));
    }
    for (const design of arms.flatMap(({ designs }) => designs)) {
      expect(design.volumeFraction).toBeGreaterThanOrEqual(0.39);
      expect(design.volumeFraction).toBeLessThanOrEqual(0.4);
      const { Ex, Ey, nuxy, nuyx } = design.properties;
      // Pascal: between the moduli of the two phases.
      for (const modulus of [Ex, Ey]) expect(modulus > 68.3e9 && modulus < 379.3e9, `${modulus} Pa`).toBe(true);
      for (const ratio of [nuxy, nuyx]) expect(ratio > 0 && ratio < 0.5, `nu ${ratio}`).toBe(true);
      expect(design.feasible).toBe(Math.abs(Ex - Ey) < 0.1 * Math.min(Ex, Ey));
      expect(design.beatsDatabase).toBe(Math.min(Ex, Ey) > database.best.objectiveValue);
      expect(design.percentOfLimit).toBeGreaterThan(0);
      expect(design.percentOfLimit).toBeLessThan(105);
    }
  });

  test('leaves a report that needs nothing beside it, a table, pictures, and a manifest that tells the overrides', async () => {
    const { json } = await firstRun();
    const folder = dirname(json.report);
    const [own, compared] = json.cases[0]!.arms;
    const all = own!.designs.length + compared!.designs.length;
    const page = readFileSync(json.report, 'utf8');
    expect(page).toMatch(/^<!doctype html>/i);
    expect(page).not.toMatch(/(?:src|href)="(?!data:|#|https:\/\/doi\.org)[^"]*\.(?:js|css|png|svg)"/);

    const rows = readFileSync(join(folder, 'designs.csv'), 'utf8').trimEnd().split('\r\n');
    expect(rows).toHaveLength(1 + all);
    const pictures = readdirSync(folder).filter((name) => name.endsWith('.png'));
    expect(pictures).toHaveLength(all);
    expect(own!.designs.map(({ file }) => basename(file))).toEqual(pictures.filter((name) => name.startsWith('design-')).sort());
    expect(compared!.designs.map(({ file }) => basename(file))).toEqual(pictures.filter((name) => name.startsWith('control-')).sort());
    for (const { file, volumeFraction } of [...own!.designs, ...compared!.designs]) {
      const image = await readTwoPhasePng(file, { resolution: 32 });
      if (!image.ok) expect.fail(image.findings[0]!.message);
      expect(image.value.image.data.reduce((sum, pixel) => sum + pixel, 0) / 1024).toBe(volumeFraction);
    }

    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { readonly stages: readonly object[]; readonly solvers: readonly { readonly count: number }[] };
    expect(manifest).toMatchObject({
      case: 'Stiffness',
      specification: place.file,
      seed: 5,
      overrides: { size: 80, epochs: 3, seed: 5 },
      settings: { database: { size: 80, seed: 5 }, learning: { epochs: 3 } },
      versions: { node: process.versions.node },
    });
    expect(manifest.stages).toHaveLength(stages.length);
    expect(manifest.solvers.map(({ count }) => count)).toEqual([80, all]);
  });

  test('its pictures, tested again one by one, have the very properties of the report', async () => {
    const { designs } = (await firstRun()).json.cases[0]!.arms[0]!;
    const simulated = await command.run('simulate', place.file, '--case', 'Stiffness', '--image', ...designs.map(({ file }) => file), '--json');
    expect(simulated).toMatchObject({ code: 0, errors: '' });
    const results = JSON.parse(simulated.lines[0]!) as SimulatedImage[];
    const told = results.map(({ file, volumeFraction, Ex, Ey, nuxy, nuyx }) => ({ file, volumeFraction, properties: { Ex, Ey, nuxy, nuyx } }));
    expect(told).toStrictEqual(designs.map(({ file, volumeFraction, properties }) => ({ file, volumeFraction, properties })));
  });
});

describe('later runs of the same folder', () => {
  const reusedBy = async (...given: string[]): Promise<Record<string, string>> => {
    await firstRun();
    const ended = await command.run('run', place.file, ...given);
    expect(ended).toMatchObject({ code: 0, signal: null });
    const records = stagesOf(place.runFolder);
    for (const { reused, ...each } of records) {
      expect(ended.errors).toMatch(new RegExp(`^ {2}${placeText(each)} +finished, ${reused === 'everything' ? 'from the store' : '\\d.*'}$`, 'm'));
    }
    return Object.fromEntries(records.map(({ reused, ...each }) => [placeText(each), reused]));
  };
  /** What a run reuses that computes again from this stage on. */
  const upTo = (changed?: string): Record<string, string> => {
    const at = changed === undefined ? stages.length : stages.indexOf(changed);
    return Object.fromEntries(stages.map((stage, i) => [stage, i < at ? 'everything' : 'nothing']));
  };

  /** What a run of a smaller case reuses, which is compared with nothing; the first that asks starts it. */
  const aloneRun = (): Promise<Record<string, string>> => (startedAlone ??= startAloneRun());
  let startedAlone: Promise<Record<string, string>> | undefined;
  function startAloneRun(): Promise<Record<string, string>> {
    place.write(smallCase(leastCase).replace(/^ *compare control\n/m, ''));
    return reusedBy();
  }
  const alone = stagePlaces([{ name: 'explained' }]).map(placeText);

  test('compute nothing again and write the same results', async () => {
    await firstRun();
    const before = { results: resultBytes(place.runFolder), values: storedValues(place.runFolder) };
    expect(await reusedBy(...overrides)).toEqual(upTo());
    expect({ results: resultBytes(place.runFolder), values: storedValues(place.runFolder) }).toStrictEqual(before);
  });

  test('compute nothing when a comment, the layout or a limit of validation has changed', async () => {
    place.write(`// A comment.\n${smallCase({ difference: '20%' }).replaceAll('    ', '\t')}\n/* Another one. */`);
    expect(await reusedBy(...overrides)).toEqual(upTo());
  });

  test('compute what an arm needs that the case is compared with, and nothing of the other arm', async () => {
    expect(await aloneRun()).toEqual(Object.fromEntries(alone.map((stage) => [stage, 'nothing'])));
    place.write(smallCase(leastCase));
    const others = { 'propose control': 'nothing', 'construct control': 'nothing', 'validate control': 'nothing' };
    expect(await reusedBy()).toEqual({ ...Object.fromEntries(alone.map((stage) => [stage, 'everything'])), ...others });
  });

  test('compute from explain on when a threshold has changed', async () => {
    place.write(smallCase({ thresholds: '0.3, 0.4' }));
    // The maps are the same, so what was found about them is too.
    expect(await reusedBy(...overrides)).toEqual({ ...upTo('explain'), examine: 'everything' });
  });

  test('compute from learn on when the epochs or the networks have changed', async () => {
    await aloneRun();
    place.write(smallCase({ ...leastCase, learn: 'compact { epochs 1  batch 16  directions separate }' }));
    expect(await reusedBy('--seed', String(leastCase.seed))).toEqual(upTo('learn'));
    const manifest = JSON.parse(readFileSync(join(place.runFolder, 'results/Stiffness/manifest.json'), 'utf8')) as object;
    expect(manifest).toMatchObject({ overrides: { seed: leastCase.seed }, learning: { networks: [{ serves: ['x'] }, { serves: ['y'] }] } });
  });

  test('stop after a stage when they are told to, and say so', async () => {
    place.write(smallCase(leastCase));
    const ended = await command.run('run', place.file, '--until', 'select', '--json', '--out', join(place.folder, 'elsewhere'));
    expect(ended.code).toBe(0);
    expect(ended.lines[0]).toMatch(/^Stiffness: stopped after select/);
    expect(JSON.parse(ended.lines[1]!)).toStrictEqual({
      cases: [{ name: 'Stiffness', database: { count: leastCase.size }, seconds: { generate: expect.any(Number), solve: expect.any(Number), select: expect.any(Number) } }],
    });
    expect(existsSync(join(place.folder, 'elsewhere/results'))).toBe(false);
  });
});
