/*
 * `npm run bench -- optimize`: topology optimization beside a peer in NumPy, alternately, one thread each, from the same
 * starts; whole runs, the best of many starts, many starts on two threads, cells of two scales, the refined designs of the
 * quickstart, and how time grows with the resolution.
 *
 * Arguments: root of the project (from scripts/bench.mjs), folder of the bundles, then options; `--designs` is the table of
 * designs of a quickstart that ran before.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { attainableLimit } from '#domain/limits';
import type { PhasePair } from '#domain/materials';
import type { Property, Sense } from '#domain/objective';
import type { OptimizationProblem, OptimizationSymmetry, StartFamily } from '#domain/optimization';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createRng } from '#engine/core/rng';
import { createVirtualTester } from '#engine/fem/virtual-tests/run-virtual-test';
import { enlarge, imageOf, volumeFraction, type Image2D } from '#engine/grid/image-2d';
import { createOptimizer } from '#engine/optimization/optimizer';
import { startOfFamily, startOfImage, type OptimizationStart } from '#engine/optimization/starts';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { aluminumInFoam, boronInAluminum } from './images';
import { measureThroughput } from './optimize-throughput';
import { median, table, type Outcome } from './outcome';

keepNumbersApart();

const [root, folder, ...words] = process.argv.slice(2) as [string, string, ...string[]];
const { values: options } = parseArgs({ args: words, options: { starts: { type: 'string', default: '24' }, turns: { type: 'string', default: '5' }, only: { type: 'string', default: '' }, designs: { type: 'string' } } });
const window = { lower: 0.38, upper: 0.4 };

interface Case {
  readonly name: string;
  readonly property: Property;
  readonly sense: Sense;
  readonly phases: PhasePair;
  readonly peer?: 'E' | 'nu';
}
const cases: Readonly<Record<'E' | 'nu' | 'alpha', Case>> = {
  E: { name: 'case 1', property: 'youngs-modulus', sense: 'maximize', phases: boronInAluminum, peer: 'E' },
  nu: { name: 'case 2', property: 'poisson-ratio', sense: 'maximize', phases: boronInAluminum, peer: 'nu' },
  alpha: { name: 'case 3', property: 'thermal-expansion', sense: 'minimize', phases: aluminumInFoam },
};

interface Task {
  readonly case: Case;
  readonly test: VirtualTestKind;
  readonly resolution: number;
  readonly filter: number;
  readonly symmetry: OptimizationSymmetry;
  readonly family: StartFamily;
  readonly seed: number;
  /** Instead of the family. */
  readonly image?: Image2D<'binary'>;
}

interface Run {
  readonly iterations: number;
  readonly milliseconds: number;
  /** Of the cell, by the ordinary virtual test, in the worse direction, and over the limit at its fraction. */
  readonly value: number;
  readonly ofLimit: number;
  readonly start: OptimizationStart;
  readonly cell: Image2D<'binary'>;
}

function tested({ case: { phases, property, sense }, test }: Task, cell: Image2D<'binary'>): number {
  const result = createVirtualTester(cell.width, phases, { kind: test, plane: 'plane-stress' }).run(cell);
  const { x, y } = { 'youngs-modulus': result.youngsModulus, 'poisson-ratio': result.poissonRatio, 'thermal-expansion': result.thermalExpansion }[property]!;
  return sense === 'maximize' ? Math.min(x, y) : Math.max(x, y);
}

function problemOf({ case: { phases, property, sense }, test, resolution }: Task): OptimizationProblem {
  return { resolution, phases, plane: 'plane-stress', test, objective: { sense, property, directions: ['x', 'y'] }, constraints: [], window };
}

/** Over the limit at the cell's fraction. */
function ofLimit(task: Task, cell: Image2D<'binary'>): number {
  const { case: { phases, property, sense }, test } = task;
  const limit = attainableLimit({ phases, plane: 'plane-stress', volumeFraction: volumeFraction(cell), property, sense, test });
  return tested(task, cell) / (limit?.value ?? NaN);
}

function optimize(task: Task): Run {
  const { filter, symmetry, family, seed, image } = task;
  const made = createOptimizer(problemOf(task), { filter, symmetry });
  if (!made.ok) throw new Error(made.findings[0]!.message);
  const start = image ? startOfImage(image, made.value.orbits) : startOfFamily(family, made.value.orbits, 0.4, createRng(seed));
  const began = performance.now();
  const started = made.value.start(start);
  if (!started.ok) throw new Error(started.findings[0]!.message);
  let state = started.value;
  while (!state.finished) state = made.value.advance(state);
  const cell = made.value.cell(state);
  const milliseconds = performance.now() - began;
  return { iterations: state.iteration, milliseconds, value: tested(task, cell), ofLimit: ofLimit(task, cell), start, cell };
}

interface PeerAnswer {
  readonly iterations: number;
  readonly milliseconds: number;
  readonly bits: string;
}

function startPeer(): { ask(task: Task, start: OptimizationStart): Promise<PeerAnswer>; close(): void } {
  const python = ['/usr/bin/python3', 'python3'].find((each) => spawnSync(each, ['-c', 'import scipy.fft']).status === 0);
  if (python === undefined) throw new Error('No Python has SciPy: apt-get install python3-scipy');
  const child = spawn(python, [`${root}/bench/peers/optimize.py`], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask({ case: { peer }, filter }, { densities }) {
      child.stdin.write(`${JSON.stringify({ objective: peer, filter, fraction: window.upper, densities: Array.from(densities) })}\n`);
      const line = await lines.next();
      if (line.done) throw new Error('the peer ended without an answer');
      return JSON.parse(line.value) as PeerAnswer;
    },
    close: () => child.stdin.end(),
  };
}

const task = (which: keyof typeof cases, filter: number, family: StartFamily, rest: Partial<Task> = {}): Task => ({
  case: cases[which], test: 'periodic', resolution: 128, filter, symmetry: 'square', family, seed: 1, ...rest,
});
const ms = (value: number): string => `${value.toFixed(1)} ms`;
const shown = (property: Property, value: number): string =>
  property === 'youngs-modulus' ? `${(value / 1e9).toFixed(2)} GPa` : property === 'poisson-ratio' ? value.toFixed(4) : `${(1e6 * value).toFixed(3)}e-6`;

async function besidePeer(turns: number): Promise<Outcome[]> {
  const peer = startPeer();
  const outcomes: Outcome[] = [];
  try {
    for (const each of [task('E', 5, 'frame'), task('nu', 5, 'disc')]) {
      const { property, name } = each.case;
      const [ours, theirs] = [{ whole: [] as number[], one: [] as number[], value: 0 }, { whole: [] as number[], one: [] as number[], value: 0 }];
      for (let turn = 0; turn <= turns; turn++) {
        const run = optimize(each);
        const answer = await peer.ask(each, run.start);
        // The first turn warms both sides up.
        if (turn === 0) continue;
        ours.whole.push(run.milliseconds);
        ours.one.push(run.milliseconds / run.iterations);
        ours.value = run.value;
        theirs.whole.push(answer.milliseconds);
        theirs.one.push(answer.milliseconds / answer.iterations);
        theirs.value = tested(each, imageOf('binary', 128, 128, Uint8Array.from(answer.bits, Number)));
      }
      const ratio = (side: 'one' | 'whole'): number => median(theirs[side]) / median(ours[side]);
      const row = (work: string, side: 'one' | 'whole', floor: number): Outcome => ({
        work: `${name}, ${work} (${each.family}, radius ${each.filter})`, peer: ms(median(theirs[side])), ours: ms(median(ours[side])), ratio: `${ratio(side).toFixed(1)} ×`, floor: `${floor} ×`, met: ratio(side) >= floor,
      });
      const gain = ours.value / theirs.value - 1;
      outcomes.push(row('mean of an iteration', 'one', 10), row('whole run', 'whole', 1), {
        work: `${name}, value of the cell`, peer: shown(property, theirs.value), ours: shown(property, ours.value), ratio: `${(100 * gain).toFixed(2)} %`, floor: '≥ -0.5 %', met: gain >= -0.005,
      });
    }
  } finally {
    peer.close();
  }
  return outcomes;
}

/** Whole runs from many starts: families by turns, radii 2, 3 and 5. */
function manyStarts(which: keyof typeof cases, test: VirtualTestKind, starts: number, limit: number, floor: number | undefined): Outcome[] {
  const families = ['noise', 'cosines', 'frame', 'disc'] as const;
  const runs = Array.from({ length: starts }, (_, k) => optimize(task(which, [5, 3, 2][k % 3]!, families[k % 4]!, { test, seed: k + 1 })));
  const { name, property, sense } = cases[which];
  const best = runs.reduce((a, b) => (sense === 'maximize' ? b.ofLimit > a.ofLimit : b.ofLimit < a.ofLimit) ? b : a);
  const time = median(runs.map(({ milliseconds }) => milliseconds));
  const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;
  return [
    { work: `${name}, ${test}, whole run, median of ${starts}`, peer: '', ours: `${(time / 1000).toFixed(2)} s`, ratio: '', floor: `≤ ${limit} s`, met: time <= 1000 * limit },
    ...(floor === undefined ? [] : [{
      work: `${name}, ${test}, best of ${starts} starts`, peer: '', ours: shown(property, best.value), ratio: `${percent(best.ofLimit)} of the limit`,
      floor: `${sense === 'maximize' ? '≥' : '≤'} ${percent(floor)}`, met: sense === 'maximize' ? best.ofLimit >= floor : best.ofLimit <= floor,
    }]),
  ];
}

/** Random starts by two workers, both families by turns, radii 5, 3 and 2. */
function throughput(which: keyof typeof cases): Promise<Outcome> {
  const starts = Array.from({ length: 50 }, (_, k) => task(which, [5, 3, 2][k % 3]!, k % 2 === 0 ? 'noise' : 'cosines'));
  return measureThroughput(
    cases[which].name,
    starts.map((each) => ({ problem: problemOf(each), settings: { filter: each.filter, symmetry: each.symmetry }, family: each.family })),
    `${folder}/worker.mjs`,
    40,
  );
}

/** What one would draw with two scales: a wall and rows across it; upright for stiffness, at ±45 degrees for Poisson's ratio. */
function twoScalePicture(which: 'E' | 'nu'): Image2D<'binary'> {
  const n = 128;
  const rows = 26;
  const isWhite = (column: number, y: number): boolean => {
    if (which === 'E') return column < 31 || Math.floor(((y + 1) * rows) / n) > Math.floor((y * rows) / n);
    // Around its middle, so that transposition keeps it.
    return ((column + y) / n) % 1 < 0.27 || Math.abs((((6 * (column - y + n)) / n + 0.5) % 1) - 0.5) < 0.08;
  };
  return imageOf('binary', n, n, Uint8Array.from({ length: n * n }, (_, p) => Number(isWhite(p % n, n - 1 - Math.floor(p / n)))));
}

/** Cells of two scales, from pictures and from laminates, and what is left of them at twice the resolution. */
function twoScales(): Outcome[] {
  return ([['E', 'mirror', 0.99, 0.99], ['nu', 'transpose', 0.96, 0.955]] as const).flatMap(([which, symmetry, floor, finerFloor]) => {
    const { name, property } = cases[which];
    const image = twoScalePicture(which);
    const settings = { image, symmetry: which === 'E' ? 'none' : symmetry } as const;
    const laminates = Array.from({ length: 8 }, (_, k) => optimize(task(which, 1.5, 'laminates', { symmetry, seed: k + 1 })));
    const sorted = laminates.toSorted((a, b) => a.ofLimit - b.ofLimit);
    const rows = (work: string, run: Pick<Run, 'cell'>, floors: readonly [number, number] | undefined): Outcome[] => [run.cell, enlarge(run.cell, 2)].map((cell, k) => {
      const share = ofLimit(task(which, 1.5, 'laminates'), cell);
      return {
        work: `${name}, ${work}, ${cell.width}²`, peer: '', ours: shown(property, tested(task(which, 1.5, 'laminates'), cell)), ratio: `${(100 * share).toFixed(2)} % of the limit`,
        floor: floors ? `≥ ${100 * floors[k]!} %` : '', met: floors === undefined || share >= floors[k]!,
      };
    });
    return [
      ...rows('the picture', { cell: image }, undefined),
      ...rows(`from the picture (${settings.symmetry}, radius 1.5)`, optimize(task(which, 1.5, 'frame', settings)), [floor, finerFloor]),
      ...rows(`from laminates (${symmetry}, radius 1.5), worst of 8`, sorted[0]!, undefined),
      ...rows(`from laminates (${symmetry}, radius 1.5), best of 8`, sorted.at(-1)!, [floor, finerFloor]),
    ];
  });
}

/** The quickstart with its best designs refined; its table of designs, of a run that is made here. */
function designsOfQuickstart(): string {
  const place = mkdtempSync(join(folder, 'quickstart-'));
  try {
    const text = readFileSync(join(root, 'examples/quickstart.xdesign'), 'utf8').replace('compare control', 'refine optimization { best 10 }');
    writeFileSync(join(place, 'quickstart.xdesign'), text);
    const { status } = spawnSync(process.execPath, [join(folder, 'xdesign.mjs'), 'run', 'quickstart.xdesign'], { cwd: place, stdio: ['ignore', 'ignore', 'inherit'] });
    if (status !== 0) throw new Error(`the quickstart ended with status ${status}`);
    return readFileSync(join(place, '.xdesign/results/Stiffness/designs.csv'), 'utf8');
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function refine(designs: string): Outcome[] {
  const [head, ...rows] = designs.trim().split('\n').map((line) => line.split(','));
  const table = rows.map((row) => Object.fromEntries(head!.map((name, k) => [name, row[k]!])));
  const valueOf = new Map(table.map((row) => [`${row['arm']} ${row['candidate']}`, Number(row['objective_SI'])]));
  const refined = table.filter((row) => row['arm'] === 'explained-refined');
  const gains = refined.map((row) => Number(row['objective_SI']) / valueOf.get(`${row['parent_arm']} ${row['parent_candidate']}`)! - 1);
  const feasible = refined.filter((row) => row['feasible'] === 'true');
  const best = Math.max(...feasible.map((row) => Number(row['percent_of_limit'])));
  return [
    { work: `quickstart, smallest gain of ${gains.length} refined designs`, peer: '', ours: '', ratio: `${(100 * Math.min(...gains)).toFixed(1)} %`, floor: '> 0 %', met: Math.min(...gains) > 0 },
    { work: 'quickstart, best refined design', peer: '', ours: '', ratio: `${best.toFixed(2)} % of the limit`, floor: '≥ 98 %', met: best >= 98 },
  ];
}

function growth(): Outcome[] {
  const perPixel = [64, 128, 256].map((resolution) => {
    const { milliseconds, iterations } = optimize(task('E', (5 * resolution) / 128, 'frame', { resolution }));
    return milliseconds / iterations / resolution ** 2;
  });
  return [1, 2].map((k): Outcome => {
    const factor = perPixel[k]! / perPixel[k - 1]!;
    return { work: `time per pixel and iteration, ${32 * 2 ** k}² → ${64 * 2 ** k}²`, peer: '', ours: '', ratio: factor.toFixed(2), floor: '≤ 1.3', met: factor <= 1.3 };
  });
}

const wants = (group: string): boolean => options.only === '' || options.only === group;
const starts = Number(options.starts);
const outcomes: Outcome[] = [];
if (wants('peer')) outcomes.push(...(await besidePeer(Number(options.turns))));
if (wants('starts')) {
  outcomes.push(...manyStarts('E', 'periodic', starts, 1, 0.982), ...manyStarts('nu', 'periodic', starts, 1, 0.941));
}
if (wants('expansion')) {
  const few = Math.min(starts, 6);
  outcomes.push(...manyStarts('alpha', 'periodic', few, 20, 1.007), ...manyStarts('alpha', 'heating', few, 20, undefined));
}
if (wants('throughput')) outcomes.push(await throughput('E'), await throughput('nu'));
if (wants('pictures')) outcomes.push(...twoScales());
if (wants('refine')) outcomes.push(...refine(options.designs === undefined ? designsOfQuickstart() : readFileSync(options.designs, 'utf8')));
if (wants('growth')) outcomes.push(...growth());
console.log(table(outcomes));
