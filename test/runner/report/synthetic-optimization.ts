/*
 * A made-up result of a case whose designs are refined and compared with other starts, for tests of reports: traces go
 * from a start towards an end, both drawn around shares of the physical limit. Only their statistics are computed.
 */
import { comparedArms, refinedArm, type ArmSpec } from '#domain/arms';
import { compareObjective, isBetter, type Objective } from '#domain/objective';
import { packImages, type ArmResult, type CaseResult, type DesignResult, type Image2D, type OptimizationRun, type OptimizationTrace, type StartSource, type VirtualTestResult } from '#engine/api';
import { createRng, type Rng } from '#engine/core/rng';
import { assembleOptimization, type OptimizationParts } from '#engine/pipeline/result/assemble-optimization';
import { controlSpec, explainedSpec, limitOf, mirroredWaves, syntheticCase, type SyntheticWish } from './synthetic-case';

/** What a test wants of the optimizations; the rest has plain values. */
export interface OptimizationWish extends SyntheticWish {
  /** Refined designs of each arm; 0: no design is refined. */
  readonly refined?: number;
  /** Starts of each random source; 0: no arm of starts. */
  readonly starts?: number;
  /** Mean share of the limit where runs from explained designs end, and where those from random sources do. */
  readonly refinedShare?: number;
  readonly randomShare?: number;
}

interface Scene {
  readonly objective: Objective;
  readonly rng: Rng;
  readonly result: CaseResult;
}

interface Made {
  readonly design: DesignResult;
  readonly cell: Image2D<'binary'>;
  readonly origin: OptimizationRun['origin'];
  readonly trace: OptimizationTrace;
}

/** A case with five arms: explained, control, both refined, and starts of noise, cosines, a frame and images. */
export function syntheticOptimization(wish: OptimizationWish = {}): CaseResult {
  const { refined = 10, starts = 10, refinedShare = 0.982, randomShare = 0.966 } = wish;
  const plain = syntheticCase(wish);
  const scene: Scene = { objective: plain.problem.objective, rng: createRng(11), result: plain };
  const arms = plain.arms.map(({ spec }) => spec);
  const made = [
    ...(refined === 0 ? [] : [refine(scene, explainedSpec, refined, refinedShare)]),
    ...(refined === 0 || !arms.some(({ name }) => name === 'control') ? [] : [refine(scene, controlSpec, refined, refinedShare - 0.003)]),
    ...(starts === 0 ? [] : [start(scene, starts, randomShare)]),
  ];
  const problem = { ...plain.problem, optimization: { ...plain.problem.optimization, best: refined, starts: 2 * starts + 7, from: ['noise', 'cosines', 'frame', 'images'] as const }, arms: [...plain.problem.arms, ...made.map(({ spec }) => spec)] as const };
  const [own, ...others] = [...plain.arms, ...made.map((arm) => armOf(scene, arm))] as [ArmResult, ...ArmResult[]];
  const values = Object.fromEntries([...plain.arms.map(({ name }) => [name, valuesOf([])] as const), ...made.map(({ spec, all }) => [spec.name, valuesOf(all)] as const)]);
  const optimization = assembleOptimization(problem, { values, arms: [own, ...others], bestOfDatabase: plain.database.best.objectiveValue });
  return {
    ...plain,
    problem,
    arms: [own, ...others],
    ...(optimization && { optimization }),
    stages: [
      { stage: 'generate', seconds: 4.2, cost: 4.2, reused: 'nothing', key: 'a3f09c'.repeat(10) },
      { stage: 'solve', seconds: 131.4, cost: 131.4, reused: 'nothing', key: 'b77d10'.repeat(10) },
      { stage: 'select', seconds: 0.1, cost: 0.1, reused: 'nothing' },
      { stage: 'learn', seconds: 214.9, cost: 214.9, reused: 'nothing', key: 'c0ffee'.repeat(10) },
      { stage: 'explain', seconds: 20.1, cost: 20.1, reused: 'nothing' },
      { stage: 'examine', seconds: 61.2, cost: 61.2, reused: 'nothing' },
      ...[...plain.arms, ...made.map(({ spec }) => spec)].flatMap(({ name }) => (['propose', 'construct', 'validate'] as const).map((stage) => { const seconds = stage === 'construct' && !['explained', 'control'].includes(name) ? 40 : 2; return { stage, arm: name, seconds, cost: seconds, reused: 'nothing' as const }; })),
    ],
  };
}

function compareDesigns(objective: Objective, { design: a }: Made, { design: b }: Made): number {
  return Number(b.feasible) - Number(a.feasible) || compareObjective(objective, a.objectiveValue, b.objectiveValue);
}

function refine(scene: Scene, parents: ArmSpec, count: number, share: number): { spec: ArmSpec; all: Made[] } {
  const spec = refinedArm(parents);
  const { designs } = scene.result.arms.find(({ name }) => name === parents.name)!;
  const all = designs.slice(0, count).map((parent, i) => {
    const rng = scene.rng.fork(`${spec.name}/${i}`);
    return make(scene, spec, i, parent.objectiveValue, atShare(scene, share + 0.004 * rng.normal()), { source: parent.source, parent: { arm: parents.name, candidate: parent.candidate } });
  });
  return { spec, all };
}

function start(scene: Scene, count: number, share: number): { spec: ArmSpec; all: Made[] } {
  const spec: ArmSpec = comparedArms.optimization;
  const { database } = scene.result;
  const sources = [
    ...Array.from({ length: count }, (_, number) => ({ source: { kind: 'start' as const, family: 'noise' as const, number }, spread: 0.015 })),
    ...Array.from({ length: count }, (_, number) => ({ source: { kind: 'start' as const, family: 'cosines' as const, number }, spread: 0.02 })),
    { source: { kind: 'start' as const, family: 'frame' as const, number: 0 }, spread: 0 },
    ...Array.from({ length: 6 }, (_, image) => ({ source: { kind: 'image' as const, image, family: database.families[image]! }, spread: 0.006 })),
  ];
  const all = sources.map(({ source, spread }, i) => {
    const rng = scene.rng.fork(`start/${i}`);
    return make(scene, spec, i, atShare(scene, 0.7 + 0.03 * rng.normal()), atShare(scene, Math.min(0.985, share + spread * rng.normal())), { source });
  });
  return { spec, all };
}

/** The value at a share of the limit; smaller shares are worse for both senses. */
function atShare({ objective, result }: Scene, share: number): number {
  const limit = limitOf(result.problem);
  return objective.sense === 'maximize' ? limit * share : limit / share;
}

function make(scene: Scene, { name }: ArmSpec, candidate: number, begin: number, end: number, origin: Pick<DesignResult, 'source' | 'parent'>): Made {
  const { objective, result } = scene;
  const { problem, database } = result;
  const rng = scene.rng.fork(`${name}/${candidate}/trace`);
  const iterations = 60 + rng.integer(90);
  const rate = rng.between(12, 35);
  const at = (iteration: number): number => end + (begin - end) * (Math.exp(-iteration / rate) - Math.exp(-iterations / rate));
  const values = Float64Array.from({ length: iterations }, (_, i) => at(i + 1) * (1 - 0.004 * Math.exp(-i / 40)));
  const places = [...Array.from({ length: Math.ceil(iterations / 5) }, (_, i) => 5 * i), iterations];
  const cuts: OptimizationRun['cuts'] = {
    iterations: Int32Array.from(places),
    solverIterations: Float64Array.from(places, (place) => 9 * place),
    values: Float64Array.from(places, (place) => (place === iterations ? end : at(place) * (1 - 0.003 * rng.uniform()))),
    feasible: Uint8Array.from(places, (place) => Number(place > 10 || origin.parent !== undefined)),
  };
  const property = { x: end, y: end * (objective.sense === 'maximize' ? 1.002 : 0.998) };
  const base = result.arms[0].designs[0]!;
  const limit = limitOf(problem);
  const { resolution } = problem.database;
  const cell = mirroredWaves(scene.rng.fork(`cell/${name}/${candidate}`), resolution);
  return {
    cell,
    origin: origin.parent ? { kind: 'parent', ...origin.parent } : origin.source.kind === 'image' ? { kind: 'image', image: origin.source.image } : (origin.source as StartSource),
    trace: { values, cuts, cell: packImages([cell], resolution).packed },
    design: {
      candidate,
      ...origin,
      volumeFraction: 0.4,
      measured: measuredAs(base.measured, property),
      ...(base.periodic && { periodic: measuredAs(base.periodic, property) }),
      objectiveValue: end,
      limit: { value: limit, percent: objective.sense === 'maximize' ? (100 * end) / limit : (100 * limit) / end },
      constraints: base.constraints.map((check) => ({ ...check, measured: check.name.startsWith('fraction') ? 0.4 : 0.002, satisfied: true })),
      feasible: true,
      beatsDatabase: isBetter(objective, end, database.best.objectiveValue),
    },
  };
}

/** A test like another one with other values of the objective's property. */
function measuredAs(test: VirtualTestResult, value: { x: number; y: number }): VirtualTestResult {
  if (test.thermalExpansion) return { ...test, thermalExpansion: value };
  return (test.youngsModulus?.x ?? 0) > 0 && (test.poissonRatio?.x ?? 1) === 0.21 ? { ...test, youngsModulus: value } : { ...test, poissonRatio: value };
}

/** What the arm's stages would have given; entry i of a list belongs to proposal i. */
function valuesOf(all: readonly Made[]): OptimizationParts['values'][string] {
  return {
    proposals: { origins: all.map(({ origin }) => origin), refusals: [] },
    candidates: { candidates: [], cells: { count: 0, resolution: 4, packed: new Uint8Array() }, attempts: all.length, refusals: [], ...(all.length > 0 && { traces: all.map(({ trace }) => trace) }) },
  };
}

function armOf({ result, objective }: Scene, { spec, all: made }: { spec: ArmSpec; all: readonly Made[] }): ArmResult {
  const all = made.toSorted((a, b) => compareDesigns(objective, a, b));
  const designs = all.map(({ design }, i): DesignResult => {
    if (i > 0) return design;
    const value = objective.sense === 'maximize' ? 0.9996 : 1.0004;
    return { ...design, finer: measuredAs(design.measured, { x: design.objectiveValue * value, y: design.objectiveValue * value * (objective.sense === 'maximize' ? 1.002 : 0.998) }) };
  });
  return {
    name: spec.name,
    role: 'compared',
    spec,
    attempts: all.length + 1,
    failures: [{ reason: 'no-gradient', message: 'At this start no pixel is worth more to the objective than another one, so there is nothing to optimize.', count: 1 }],
    designs,
    cells: packImages(all.map(({ cell }) => cell), result.problem.database.resolution),
  };
}
