/* `npm run paper` from the first image to the page, in a trial as small as it can be; the page is judged by what the runs left behind. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCommand, type Command } from '#test/e2e/command';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'xdesign-paper-'));
const paper = (...args: readonly string[]) => spawnSync(process.execPath, [join(root, 'scripts/paper.mjs'), '--out', folder, ...args], { encoding: 'utf8' });
const pageOf = (): string => readFileSync(join(folder, 'paper.md'), 'utf8');
const manifestOf = (name: string) => JSON.parse(readFileSync(join(folder, 'results', name, 'manifest.json'), 'utf8')) as {
  readonly learning: { readonly quality: readonly { readonly property: string; readonly r2: number }[] };
  readonly arms: readonly { readonly name: string; readonly attempts: number; readonly designs: number; readonly feasible: number; readonly failures: readonly { readonly reason: string; readonly count: number }[]; readonly tries: readonly object[]; readonly best?: { readonly objectiveValue: number } }[];
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a trial of the paper', () => {
  const before = docs();

  let command: Command;

  beforeAll(async () => {
    command = await buildCommand();
    const { status, stderr, stdout } = paper('--size', '72', '--epochs', '1', '--resolution', '32', '--program', command.launcher);
    if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  }, 400_000);
  afterAll(() => command.remove());

  test('runs every part to its end and leaves the documents alone', () => {
    expect(pageOf()).not.toMatch(/Not run yet|\| not run \||undefined|NaN|\[object|Infinity/);
    expect(pageOf()).toContain('**This is a trial');
    expect(docs()).toEqual(before);
  });

  test('has a section for each table and figure, and pictures that are whole', () => {
    const headings = [...pageOf().matchAll(/^## (.*)$/gm)].map(([, heading]) => heading).join('\n');
    for (const part of ['Table 2', 'Table 3', 'Figure 3', 'Figures 4 and 5', 'Figure 6', 'Explanation against chance', 'Figures S1 and S2', 'Figures S5 and S6', 'Figure S7', 'Studies of case 1', 'Figure S11']) expect(headings).toContain(part);
    const pictures = [...pageOf().matchAll(/\]\((images\/[^)]*)\)/g)].map(([, path]) => path!);
    expect(pictures.length).toBeGreaterThan(3);
    for (const path of pictures) expect(readFileSync(join(folder, path), 'utf8')).toMatch(/^<svg xmlns[^]*<rect[^]*<\/svg>\n$/);
    expect(readdirSync(join(folder, 'images/paper')).length).toBe(pictures.length);
  });

  test('has the numbers of the manifests', () => {
    for (const [name, property] of [['Stiffness', 'youngs-modulus'], ['Poisson', 'poisson-ratio'], ['Expansion', 'thermal-expansion']] as const) {
      const ofCase = manifestOf(name).learning.quality.filter((each) => each.property === property);
      expect(ofCase.length).toBe(2);
      for (const { r2 } of ofCase) expect(pageOf()).toContain(`| ${r2.toFixed(4).replace('-', '−')} |`);
    }
    const [own] = manifestOf('Stiffness').arms;
    expect(pageOf()).toContain(`| 1 | critical regions | ${own!.designs} |`);
  });

  test('has the floors of each case next to what its study over seeds found', () => {
    const section = /## Explanation against chance[^]*?(?=\n## )/.exec(pageOf())![0];
    const row = (title: string): string[] => section.split('\n').find((line) => line.startsWith(`| ${title}`))!.split('|').slice(2, -1).map((cell) => cell.trim());
    for (const [c, name] of ['StiffnessExactSeeds', 'PoissonExactSeeds', 'ExpansionExactSeeds'].entries()) {
      const { groups: [group], says } = JSON.parse(readFileSync(join(folder, 'results', name, 'study.json'), 'utf8')) as {
        readonly says: readonly string[];
        readonly groups: readonly [{ readonly comparisons: readonly [{ readonly seeds: number; readonly bestAtLeast: number; readonly beating: { readonly own: number; readonly other: number } }] }];
      };
      const [{ seeds, bestAtLeast, beating: { own, other } }] = group.comparisons;
      expect(seeds).toBe(2);
      expect(row('best design at least')[2 * c + 1]).toMatch(`${bestAtLeast} of 2`);
      expect(row('feasible designs that beat all images')[2 * c + 1]).toMatch(`${own} : ${other}`);
      expect(section).toContain(says.join(' '));
    }
    expect(row('superiority by image').filter((_, i) => i % 2 === 0)).toEqual(['≥ 0.85', '≥ 0.93', '≥ 0.70']);
  });

  test('few tries are of patches: regions without a square and second patches of a cell are none, so both arms draw from as many', () => {
    const { arms } = manifestOf('StiffnessNetworkSeeds/seed-1');
    expect(arms[0]!.failures.map(({ reason }) => reason)).toContain('no-overlap');
    for (const { attempts, feasible, failures, tries } of arms) {
      const noPatch = failures.filter(({ reason }) => ['no-overlap', 'patch-too-small', 'same-cell'].includes(reason)).reduce((sum, { count }) => sum + count, 0);
      // One try is a feasible design as often as a patch is.
      expect(tries[0]).toMatchObject({ tries: 1, feasible: expect.closeTo(feasible / (attempts - noPatch), 12) as number });
    }
  });

  test('cases 1 and 2 share images and tests, and further parts take the networks from the store, too', () => {
    const records = readdirSync(join(folder, 'runs')).map((file) => JSON.parse(readFileSync(join(folder, 'runs', file), 'utf8')) as {
      readonly specification: { readonly case: { readonly name: string } };
      readonly stages: readonly { readonly stage: string; readonly reused: string }[];
    });
    const reused = (name: string, stage: string) => records.find(({ specification }) => specification.case.name === name)?.stages.find((each) => each.stage === stage)?.reused;
    expect(reused('Stiffness', 'learn')).toBe('nothing');
    expect(reused('Poisson', 'solve')).toBe('everything');
    for (const name of ['StiffnessOptimized', 'StiffnessArms', 'PoissonArms']) expect([name, reused(name, 'learn')]).toEqual([name, 'everything']);
    expect(reused('ExpansionArms', 'explain')).toBe('everything');
  });

  test('the log has the time and the memory of each process; the page alone changes nothing', () => {
    const log = JSON.parse(readFileSync(join(folder, 'paper.json'), 'utf8')) as { readonly [unit: string]: readonly { readonly seconds: number; readonly largestMemory: number; readonly processorSeconds: number; readonly finished: boolean }[] };
    expect(Object.keys(log)).toEqual(expect.arrayContaining(['luck/PoissonExactSeeds', 'comparisons/ExpansionArms', 'studies/Maps']));
    for (const processes of Object.values(log)) expect(processes).toEqual([expect.objectContaining({ finished: true })]);
    // A process of Node with threads takes more than 50 MB, whatever it does.
    for (const { largestMemory, processorSeconds } of Object.values(log).flat()) {
      expect(largestMemory).toBeGreaterThan(5e7);
      expect(processorSeconds).toBeGreaterThan(0.1);
    }
    const page = pageOf();
    expect(paper('--size', '72', '--page').status).toBe(0);
    expect(pageOf()).toBe(page);
  });

  test('what a run folder does not have stays as it is on the page, so the parts may be run in several folders', () => {
    const other = mkdtempSync(join(tmpdir(), 'xdesign-paper-other-'));
    const pageOfOther = (): string => {
      expect(paper('--out', other, '--size', '72', '--page').status).toBe(0);
      return readFileSync(join(other, 'paper.md'), 'utf8');
    };
    cpSync(join(folder, 'paper.md'), join(other, 'paper.md'));
    cpSync(join(folder, 'images'), join(other, 'images'), { recursive: true });
    writeFileSync(join(other, 'images/paper/of-no-section.svg'), '');
    expect(pageOfOther()).toBe(pageOf());
    expect(readdirSync(join(other, 'images/paper'))).toEqual(readdirSync(join(folder, 'images/paper')));

    const withoutStudies = pageOf().replace(/## Studies of case 1[^]*?(?=\n## )/, '').replace(/^\| studies \| Maps \|.*\n/m, '');
    writeFileSync(join(other, 'paper.md'), withoutStudies);
    expect(pageOfOther()).toMatch(/## Studies of case 1[^]*Not run yet: `npm run paper -- --only studies`/);
    expect(pageOfOther()).toMatch(/^\| studies \| Maps \| not run \|/m);
    rmSync(other, { recursive: true, force: true });
  });
});

test('a part that does not exist, and a size that is none, are refused before anything runs', () => {
  expect(paper('--only', 'everything')).toMatchObject({ status: 2, stderr: expect.stringContaining('There is no part "everything". The parts are cases,') as string });
  expect(paper('--size', 'few')).toMatchObject({ status: 2, stderr: expect.stringContaining('--size takes a positive integer') as string });
});

/** The page in the documents, if it is there. */
function docs(): string | undefined {
  const path = join(root, 'docs/paper.md');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
