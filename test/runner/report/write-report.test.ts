import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unpackImage, type CaseResult } from '#engine/api';
import type { ReportProvenance } from '#runner/report/manifest';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { caseFolderName } from '#runner/report/result-files';
import { writeReport } from '#runner/report/write-report';
import { syntheticOptimization } from '#test/runner/report/synthetic-optimization';
import { syntheticCase } from '#test/runner/report/synthetic-case';
import { temporaryFolder } from '#test/support/temporary-folder';

const provenance: ReportProvenance = {
  specification: 'examples/quickstart.xdesign',
  overrides: { size: 60 },
  versions: { xdesign: '0.1.0', node: '24.0.0' },
  machine: '2 cores, 8 GB',
};

function pageOf(results: readonly CaseResult[], about = provenance): string {
  return readFileSync(writeReport(temporaryFolder(), results, about).report, 'utf8');
}

/** The page of a case alone and the page of it and another one, written once for the tests that only read them. */
function pagesOf(result: CaseResult): { readonly alone: string; readonly ofTwo: string } {
  let pages = written.get(result);
  if (pages === undefined) {
    const { report, cases } = writeReport(temporaryFolder(), [result, { ...result, problem: { ...result.problem, name: 'Again' } }], provenance);
    written.set(result, (pages = { alone: readFileSync(cases[0]!.report, 'utf8'), ofTwo: readFileSync(report, 'utf8') }));
  }
  return pages;
}
const written = new Map<CaseResult, { readonly alone: string; readonly ofTwo: string }>();

const pages: readonly (readonly [string, CaseResult])[] = [
  ['stiffness', syntheticCase()],
  ['expansion', syntheticCase({ property: 'thermal-expansion' })],
  ['no control', syntheticCase({ property: 'poisson-ratio', controlLead: undefined })],
  ['nothing feasible', syntheticCase({ feasible: 'none' })],
  ['no designs', syntheticCase({ designCount: 0 })],
  ['optimization', syntheticOptimization({ refined: 3, starts: 3 })],
];

describe('report.html', () => {
  test.each(pages)('%s: works alone, without script or anything from elsewhere', (_name, result) => {
    const page = pagesOf(result).alone;
    expect(page).not.toMatch(/<script|<link|<iframe|javascript:|@import|\son\w+=/i);
    expect(page).not.toMatch(/https?:/);
    for (const [, target] of page.matchAll(/\s(?:src|href|xlink:href)="([^"]*)"/g)) expect(target).toMatch(/^(data:image\/png;base64,[A-Za-z0-9+/=]+|#[\w-]+)$/);
    for (const [, target] of page.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^#/);
    expect(page).toContain(`default-src 'none'`);
  });

  test.each(pages)('%s: tags are balanced, ids are unique, references find their target', (_name, result) => {
    const page = pagesOf(result).ofTwo;
    const open: string[] = [];
    for (const [, closing, tag, rest] of page.matchAll(/<(\/?)([a-zA-Z][\w]*)((?:[^<>"]|"[^"]*")*)>/g)) {
      if (closing) expect(open.pop()).toBe(tag);
      else if (!['meta', 'img', 'br'].includes(tag!) && !rest!.endsWith('/')) open.push(tag!);
    }
    expect(open).toEqual([]);
    const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    const targets = [...page.matchAll(/(?:aria-labelledby="|href="#|url\(#)([^")]*)/g)].map(([, id]) => id!);
    expect(targets.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test.each([
    ['explanation better than chance', 4, 1, 'does better than chance'],
    ['explanation not better than chance', 3, 3, 'does not do measurably better than chance'],
    ['the control wins', 1.5, 5, 'The control wins: a design from a random patch beats'],
  ])('“%s” is a badge and a sentence of the verdict', (badge, explainedLead, controlLead, sentence) => {
    const page = pageOf([syntheticCase({ explainedLead, controlLead })]);
    const [verdict] = /<section class="verdict[\s\S]*?<\/section>/.exec(page)!;
    expect(verdict).toMatch(new RegExp(`<span class="badge [a-z-]+">${badge}</span>`));
    expect(verdict).toContain(sentence);
  });

  test('says in numbers, words and curves whether the maps are to be trusted', () => {
    const page = pageOf([syntheticCase()]);
    expect(page).toContain('Layer last, maps of 8 × 8 positions');
    expect(page).toMatch(/rank correlation<\/th><td>0\.45 ± 0\.03<\/td>/);
    // In the synthetic case the share of white has as much of the relevance.
    expect(page).toContain('Layer last: to be trusted in part');
    expect(page).toMatch(/Support these maps:<\/p><ul><li>rank correlation with the contributions: 0\.45/);
    expect(page).toMatch(/Do not support them:<\/p><ul><li>relevance in the tenth that contributes most: 35/);
    expect(page).toContain('Advantage of the images over the share of regions replaced in the order of layer last');
    expect(page).toContain('Deletion, most relevant regions first: lower is better.');
    const silent = pageOf([syntheticCase({ trust: 'silent' })]);
    expect(silent).toContain('Layer last: not shown to be trustworthy');
    expect(silent).not.toContain('in the order of layer last');
    expect(silent).not.toMatch(/NaN/);
  });

  test.each(pages)('%s: every picture has words, every table heads', (_name, result) => {
    const page = pagesOf(result).alone;
    for (const [picture] of page.matchAll(/<img[^>]*>/g)) expect(picture).toMatch(/ alt="[^"]+"/);
    for (const [picture] of page.matchAll(/<svg[^>]*>/g)) expect(picture).toMatch(/ aria-(label="[^"]+"|hidden="true")/);
    for (const [table] of page.matchAll(/<table[\s\S]*?<\/table>/g)) {
      expect(table).toContain('scope="col"');
      for (const [row] of table.replace(/<thead>[\s\S]*<\/thead>/, '').matchAll(/<tr>[\s\S]*?<\/tr>/g)) expect(row).toContain('<th scope="row">');
    }
  });

  test('names can never become markup', () => {
    const nasty = `<script>alert(1)</script><img src=x onerror=alert(2)> "quoted" 'single' & </title></style>`;
    const plain = syntheticCase();
    const [own] = plain.arms;
    const design = own.designs[0]!;
    const result: CaseResult = {
      ...plain,
      problem: { ...plain.problem, name: nasty, phases: { white: { ...plain.problem.phases.white, name: nasty }, black: plain.problem.phases.black } },
      learning: { ...plain.learning!, backend: nasty, backendReason: nasty },
      arms: [{ ...own, designs: [{ ...design, constraints: [{ ...design.constraints[0]!, name: nasty }, design.constraints[1]!] }], failures: [{ reason: nasty, message: nasty, count: 1 }] }],
      comparisons: [],
      limits: [{ ...plain.limits[0]!, name: nasty, condition: nasty }],
      findings: [{ code: nasty, severity: 'warning', message: nasty, remedy: nasty }],
      solvers: [{ ...plain.solvers[0]!, solver: nasty, stage: nasty }],
      stages: [{ stage: 'learn', arm: nasty, seconds: 1, reused: 'nothing', key: nasty }],
    };
    const page = pageOf([result, plain], { ...provenance, specification: nasty, machine: nasty, versions: { [nasty]: nasty }, overrides: { [nasty]: nasty } });
    expect(page).not.toMatch(/<script|<img src=x|onerror=alert\(2\)>/);
    expect(page).not.toContain('</title></style>');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  test('heating and periodic stand side by side where the test is not periodic', () => {
    const page = pageOf([pages[1]![1]]);
    expect(page).toContain('The heating test next to the periodic test');
    const { measured, periodic } = pages[1]![1].arms[0].designs[0]!;
    const row = /The heating test next to[\s\S]*?<tr><th scope="row">design-001<\/th>([\s\S]*?)<\/tr>/.exec(page)![1];
    expect(row).toContain(`<td>${(measured.thermalExpansion!.x * 1e6).toFixed(2)}</td>`);
    expect(row).toContain(`<td>${(periodic!.thermalExpansion!.x * 1e6).toFixed(2)}</td>`);
    expect(pageOf([pages[0]![1]])).not.toContain('next to the periodic test');
  });

  test('what was asked for is said: settings, seed, overrides, findings, stages, solvers', () => {
    const text = pageOf([pages[0]![1]]).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    expect(text).toContain('Options of the command overrode values of the specification: size 60.');
    expect(text).toContain('warning few-outliers Only 5 images are outliers in both directions. Raise the share');
    expect(text).toContain('seed 7');
    expect(text).toContain('phases white youngs modulus 3.793e+11');
    expect(text).toContain('learning weight decay 0.01');
    expect(text).toMatch(/solve 2 min 11 s partly from the store b77d10b77d10b77d/);
    expect(text).toMatch(/validate compression nested-dissection-cholesky 24 33.153 1 2\.4e-13/);
  });

  test('the same results give the same bytes', () => {
    const first = pageOf(pages.map(([, result]) => result));
    expect(pageOf(pages.map(([, result]) => result))).toBe(first);
  });

  test('the paper’s size stays below a megabyte a case', () => {
    const result = syntheticCase({ imageCount: 20_000, designCount: 400, resolution: 16 });
    expect(pageOf([result]).length).toBeLessThan(1e6);
  });
});

describe('files beside the report', () => {
  test('each design is a picture that the program reads back', async () => {
    const result = syntheticCase();
    const written = writeReport(temporaryFolder(), [result], provenance);
    const [{ arms }] = written.cases as [(typeof written.cases)[0]];
    expect(arms.map(({ name, designs }) => [name, designs.length])).toEqual(result.arms.map(({ name, designs }) => [name, designs.length]));
    for (const [a, { designs }] of arms.entries()) {
      for (const [i, path] of designs.entries()) {
        expect(await readTwoPhasePng(path, { resolution: 32 })).toEqual({ ok: true, value: { image: unpackImage(result.arms[a]!.cells, i), warnings: [] } });
      }
    }
  });

  test('a smaller later run leaves no picture of the earlier one, and nothing else is touched', () => {
    const folder = temporaryFolder();
    writeReport(folder, [syntheticCase({ designCount: 5 })], provenance);
    writeFileSync(join(folder, 'Stiffness', 'design-notes.txt'), 'mine');
    writeReport(folder, [syntheticCase({ designCount: 2, controlLead: undefined })], provenance);
    expect(readdirSync(join(folder, 'Stiffness')).sort()).toEqual(['cells.npz', 'design-001.png', 'design-002.png', 'design-notes.txt', 'designs.csv', 'manifest.json', 'network.json', 'network.safetensors', 'parity.csv', 'report.html', 'training.csv']);
    expect(readdirSync(folder)).toEqual(['Stiffness']);
  });

  test('a case that optimizes has a table of all cuts, pictures of its arms and its numbers in the manifest; a later run without them takes them away', () => {
    const folder = temporaryFolder();
    const result = syntheticOptimization({ refined: 2, starts: 2 });
    writeReport(folder, [result], provenance);
    const names = readdirSync(join(folder, 'Stiffness'));
    expect(names).toEqual(expect.arrayContaining(['optimization.csv', 'refined-001.png', 'refined-002.png', 'control-refined-002.png', 'optimized-011.png']));
    const { manifest, optimization } = JSON.parse(readFileSync(join(folder, 'Stiffness', 'manifest.json'), 'utf8'));
    const { groups, comparisons, targets, bestKnown, settings } = result.optimization!;
    expect(manifest).toBe(4);
    expect(optimization).toMatchObject({ settings, bestKnown, targets, best: { file: 'refined-001.png', objectiveValue: result.arms[2]!.designs[0]!.objectiveValue } });
    expect(optimization.groups.map((group: { name: string; runs: number; best: number }) => [group.name, group.runs, group.best])).toEqual(groups.map(({ name, runs, best }) => [name, runs, best]));
    expect(optimization.groups.flatMap((group: { reached: { runs: number; iterations: number | null }[] }) => group.reached.map(({ runs, iterations }) => (runs === 0 ? iterations === null : iterations! > 0)))).not.toContain(false);
    expect(optimization.comparisons.map(({ finalValues }: { finalValues: object }) => finalValues)).toEqual(comparisons.map(({ finalValues }) => finalValues));
    const { parent, objectiveValue } = result.arms[2]!.designs[1]!;
    const before = result.arms[0].designs.findIndex(({ candidate }) => candidate === parent!.candidate);
    expect(optimization.refined).toHaveLength(4);
    expect(optimization.refined[1]).toEqual({ arm: 'explained-refined', rank: 2, file: 'refined-002.png', parentArm: 'explained', parentRank: before + 1, parent: `design-00${before + 1}.png`, before: result.arms[0].designs[before]!.objectiveValue, after: objectiveValue, feasible: true });

    writeReport(folder, [syntheticCase()], provenance);
    expect(readdirSync(join(folder, 'Stiffness')).filter((name) => /^optimiz|refined/.test(name))).toEqual([]);
    expect(JSON.parse(readFileSync(join(folder, 'Stiffness', 'manifest.json'), 'utf8'))).not.toHaveProperty('optimization');
  });

  test('the manifest holds seed, settings, versions, overrides, solver statistics and keys', () => {
    const result = syntheticCase();
    const folder = temporaryFolder();
    writeReport(folder, [result], provenance);
    const manifest = JSON.parse(readFileSync(join(folder, 'Stiffness', 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({
      case: 'Stiffness',
      seed: 7,
      overrides: { size: 60 },
      versions: provenance.versions,
      settings: JSON.parse(JSON.stringify(result.problem)),
      solvers: result.solvers,
      stages: result.stages,
      findings: result.findings,
      arms: [{ name: 'explained', designs: 12, attempts: 17, best: { file: 'design-001.png', objectiveValue: result.arms[0].designs[0]!.objectiveValue } }, { name: 'control' }],
      comparisons: JSON.parse(JSON.stringify(result.comparisons)),
    });
  });

  test('case names become safe folders that do not meet', () => {
    const folder = temporaryFolder();
    const named = (name: string): CaseResult => syntheticCase({ name, designCount: 1 });
    const { cases } = writeReport(folder, [named('..Up'), named('-Up'), named('-up'), named('☃')], provenance);
    expect(cases.map(({ folder: place }) => place.slice(folder.length + 1))).toEqual(['Up-a', 'Up-b', 'up-c', 'case-d'].map((start) => expect.stringMatching(new RegExp(`^${start.slice(0, -1)}[0-9a-f]{6}$`)) as string));
    // A variant lies below its study, wherever its name would lead.
    expect(caseFolderName('Layers/layer-last,seed-2')).toMatch(/^Layers\/layer-last-seed-2-[0-9a-f]{6}$/);
    expect(caseFolderName('../..')).toMatch(/^case-[0-9a-f]{6}\/case-[0-9a-f]{6}$/);
    expect(caseFolderName('con/threshold-0.5')).not.toBe(caseFolderName('con/threshold-0,5'));
    // A case has the same folder when it runs alone.
    expect(cases.map(({ name }) => writeReport(folder, [named(name)], provenance).cases[0]!.folder)).toEqual(cases.map(({ folder: place }) => place));
  });

  test('a folder in the way is Node’s own error, and no part is left', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'Stiffness', 'report.html'), { recursive: true });
    expect(() => writeReport(folder, [syntheticCase({ designCount: 1 })], provenance)).toThrow(/EISDIR|ENOTEMPTY|EEXIST|EPERM/);
    expect(readdirSync(join(folder, 'Stiffness')).sort()).toEqual([
      'cells.npz', 'control-001.png', 'design-001.png', 'designs.csv', 'manifest.json', 'network.json', 'network.safetensors', 'parity.csv', 'report.html', 'training.csv',
    ]);
  });

  test('several cases have a page each and one of all, with the folder of each named', () => {
    const folder = temporaryFolder();
    const { report, cases } = writeReport(folder, [syntheticCase({ designCount: 1 }), syntheticCase({ name: 'Other', designCount: 1 })], provenance);
    expect(report).toBe(join(folder, 'report.html'));
    expect(readFileSync(report, 'utf8')).toContain('folder <code>Other/</code> next to this page');
    expect(cases[1]!.report).toBe(join(folder, 'Other', 'report.html'));
    expect(readFileSync(cases[1]!.report, 'utf8')).not.toContain('Other/</code>');
  });
});
