/* Studies as runs: what variants share is computed once, each is the run of its case alone, and a refused one is a row. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Finding } from '#domain/finding';
import { placeText } from '#domain/stages';
import { readSpecification } from '#language/read-specification';
import { readRecords } from '#runner/history/record-files';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { caseFolderName } from '#runner/report/result-files';
import { run, type RunOutcome, type RunRequest } from '#runner/run';
import { machineFiles } from '#runner/weights/pretrained-file';
import { smallCase } from '#test/e2e/workplace';
import { buildForTest } from '#test/support/bundle-programs';
import { outlierSetting, seedOf, thresholdSetting, varyCase } from '#test/support/vary-case';

const text = smallCase({ size: 72, learn: 'compact { epochs 1  batch 16  rate 0.003 }', layers: 'stage-1', outliers: '24%' });
const [specification] = readSpecification('small.xdesign', { read: () => text, resolve: (_, target) => target }).specification!.cases;
const study = varyCase(specification!, 'Thresholds', [thresholdSetting(0.3, 0.5)]);

/** How much of the stages of a run came from the store, by the variants in their order. */
type Stages = { readonly case: string; readonly stages: { readonly [stage: string]: string } }[];

let dist: string;
let folder: string;
const folders: string[] = [];
const newFolder = async (): Promise<string> => {
  folders.push(await mkdtemp(join(tmpdir(), 'xdesign-study-')));
  return folders.at(-1)!;
};
afterAll(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })));

async function runIn(runFolder: string, what: Pick<RunRequest, 'cases'> & Partial<RunRequest>, onCase: (name: string, abort: AbortController) => void = () => {}): Promise<{ outcome: RunOutcome; stages: Stages; findings: Finding[] }> {
  const [stages, findings, abort]: [Stages, Finding[], AbortController] = [[], [], new AbortController()];
  const outcome = await run(
    {
      overrides: {}, startedBy: 'command', folder: runFolder, files: machineFiles(),
      createExecutor: () => createThreadExecutor({ workers: 2, workerFile: join(dist, 'worker.mjs'), tensorflowWasmPath: `${join(dist, 'tensorflow')}/` }),
      provenance: { specification: 'small.xdesign', overrides: {}, versions: {}, machine: '2 cores' },
      ...what,
    },
    {
      onCase(name) {
        stages.push({ case: name, stages: {} });
        onCase(name, abort);
      },
      onStage: (event) => event.state === 'finished' && Object.assign(stages.at(-1)!.stages, { [placeText(event)]: event.reused }),
      onFinding: (finding) => findings.push(finding),
    },
    abort.signal,
  );
  return { outcome, stages, findings };
}

let stopped: Awaited<ReturnType<typeof runIn>>;
let whole: Awaited<ReturnType<typeof runIn>>;

// Stopped when the second variant begins, then told to go on.
beforeAll(async () => {
  dist = await buildForTest();
  folder = await newFolder();
  stopped = await runIn(folder, { cases: study.variants, study }, (name, abort) => {
    if (name === study.variants[1]!.case.name) abort.abort();
  });
  whole = await runIn(folder, { cases: study.variants, study });
}, 120_000);

/** The bytes of a case's tables, cells and network. */
function bytesOf(runFolder: string, name: string): Record<string, string> {
  const results = join(runFolder, 'results', caseFolderName(name));
  const names = readdirSync(results, { recursive: true }).map(String).filter((file) => /\.(csv|png|safetensors|npz)$/.test(file));
  return Object.fromEntries(names.sort().map((file) => [file, createHash('sha256').update(readFileSync(join(results, file))).digest('hex')]));
}

const resultsOf = (...parts: string[]): string => readFileSync(join(folder, 'results', 'Thresholds', ...parts), 'utf8');

test('a study that is stopped keeps its first variant, and goes on with the second; what they share is computed once', () => {
  expect(stopped.outcome).toMatchObject({ status: 'cancelled' });
  expect(stopped.outcome.study).toBeUndefined();
  expect(new Set(Object.values(stopped.stages[0]!.stages))).toEqual(new Set(['nothing']));
  expect(whole.outcome.status).toBe('finished');
  const [first, second] = whole.stages;
  expect(new Set(Object.values(first!.stages))).toEqual(new Set(['everything']));
  // The threshold comes in when regions are cut out of the maps.
  expect(Object.entries(second!.stages).filter(([, reused]) => reused === 'everything').map(([stage]) => stage)).toEqual(['generate', 'solve', 'select', 'learn', 'examine']);
  expect(Object.keys(second!.stages)).toHaveLength(12);
});

test('records say of which study a variant is, and how each ended', () => {
  const records = readRecords(folder).map(({ record }) => record);
  expect(records.map(({ specification: { variant, case: { name } }, state }) => [name, variant?.settings, state]).sort()).toEqual([
    ['Thresholds/threshold-0.3', { threshold: '0.3' }, 'finished'],
    ['Thresholds/threshold-0.3', { threshold: '0.3' }, 'finished'],
    ['Thresholds/threshold-0.5', { threshold: '0.5' }, 'cancelled'],
    ['Thresholds/threshold-0.5', { threshold: '0.5' }, 'finished'],
  ]);
});

test('a variant ends with the bytes of its run alone, in another folder', async () => {
  const alone = await newFolder();
  const { name } = study.variants[1]!.case;
  await runIn(alone, { cases: [study.variants[1]!] });
  expect(Object.keys(bytesOf(alone, name)).length).toBeGreaterThan(5);
  expect(bytesOf(folder, name)).toEqual(bytesOf(alone, name));
}, 60_000);

test('page, table and manifest lie next to the folders of the variants, and keep no values', () => {
  expect(whole.outcome.report).toBe(join(folder, 'results', 'Thresholds', 'study.html'));
  const { variants, case: varied, settings } = JSON.parse(resultsOf('study.json')) as { case: string; settings: object; variants: { name: string; folder: string; arms: { best: { file: string; objectiveValue: number }; designs: number }[]; seconds: number }[] };
  expect({ varied, settings }).toEqual({ varied: 'Stiffness', settings: study.settings });
  for (const variant of variants) {
    const manifest = JSON.parse(resultsOf(variant.folder, 'manifest.json')) as { case: string; arms: { designs: number; best: object }[] };
    expect(manifest.case).toBe(variant.name);
    expect(variant.arms.map(({ designs, best: { file, objectiveValue } }) => ({ designs, best: { file, objectiveValue } }))).toEqual(manifest.arms.map(({ designs, best }) => ({ designs, best })));
  }
  // The first one paid for what both have in common.
  expect(variants[0]!.seconds).toBeGreaterThan(variants[1]!.seconds);
  expect(resultsOf('study.csv').split('\r\n')).toHaveLength(4);
  expect(whole.outcome.cases).toEqual([]);
});

test('a variant that physics refuses is a row with its finding, and the others run', async () => {
  const shares = varyCase(specification!, 'Shares', [outlierSetting(0.01, 0.24)]);
  const { outcome, findings } = await runIn(folder, { cases: shares.variants, study: shares });
  expect(outcome.status).toBe('finished');
  expect(findings.map(({ code }) => code)).toContain('no-outliers');
  expect(outcome.study!.variants.map(({ outcome: found, findings: own }) => [found === undefined, own.some(({ code }) => code === 'no-outliers')])).toEqual([[true, true], [false, false]]);
  const page = readFileSync(outcome.report!, 'utf8');
  expect(page).toContain('refused</span>: <code>no-outliers</code>');
  expect(page).toContain('1 of 2 variants was refused (outliers 0.01)');
  const failed = readRecords(folder).find(({ record }) => record.specification.case.name === 'Shares/outliers-0.01')!.record;
  expect(failed).toMatchObject({ state: 'failed', findings: [{ code: 'no-outliers' }] });
  // Where nothing is left the study fails, and its page says why.
  const none = await runIn(folder, { cases: shares.variants.slice(0, 1), study: { ...shares, variants: shares.variants.slice(0, 1) } });
  expect(none.outcome.status).toBe('failed');
  expect(readFileSync(none.outcome.report!, 'utf8')).toContain('No variant has a feasible design.');
}, 60_000);

test('an override that the study varies is refused before anything runs', async () => {
  const seeds = varyCase(specification!, 'Seeds', [seedOf(1, 2)]);
  const fresh = await newFolder();
  const { outcome, stages, findings } = await runIn(fresh, { cases: seeds.variants, study: seeds, overrides: { seed: 7, epochs: 1 } });
  expect(outcome.status).toBe('failed');
  expect(stages).toEqual([]);
  expect(findings.map(({ code, message }) => [code, message])).toEqual([['override-of-varied', 'The study "Seeds" varies seed, so `--seed` cannot replace it.']]);
});

test('a study that stops after a stage has no page, and says nothing of results', async () => {
  const { outcome } = await runIn(folder, { cases: study.variants, study, until: 'learn' });
  expect(outcome).toEqual({ status: 'finished', cases: [] });
});
