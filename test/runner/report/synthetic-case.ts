/*
 * A made-up result of a case for tests of reports: every part is there, numbers are drawn around given
 * ones, pictures are sums of waves. Nothing in it was computed by the pipeline.
 */
import { areConstructionsOfOne, type ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { databaseSize } from '#domain/image-files';
import { planOf } from '#domain/networks';
import { compareObjective, isBetter, type Directional, type Property } from '#domain/objective';
import { layoutOf } from '#engine/learning/network/parameter-layout';
import { agreement } from '#engine/construction/critical-region';
import { imageOf, packImages, volumeFraction, type ArmResult, type CaseResult, type DesignResult, type Image2D, type PhysicalLimit, type VirtualTestResult } from '#engine/api';
import { createRng, type Rng } from '#engine/core/rng';
import { mirrorQuarter } from '#engine/grid/image-2d';
import { compareArms, triesOf } from '#engine/pipeline/result/assemble-arms';
import { pairArms } from '#engine/pipeline/result/pair-arms';

/** What a test wants of the case; the rest has plain values. */
export interface SyntheticWish {
  readonly name?: string;
  readonly property?: Property;
  readonly imageCount?: number;
  readonly resolution?: number;
  readonly designCount?: number;
  /** Mean distance of an arm's designs from the middle of the database, in its standard deviations towards the better. */
  readonly explainedLead?: number;
  /** Absent means that the case has no control arm. */
  readonly controlLead?: number | undefined;
  /** Arms beside those two, with the lead of each. */
  readonly moreArms?: readonly { readonly spec: ArmSpec; readonly lead: number }[];
  readonly feasible?: 'most' | 'none';
  readonly r2?: number;
  /** What the examination says of the maps; `silent`: they have no contrast, and nothing can be lost. */
  readonly trust?: 'some' | 'none' | 'silent';
  /** Pictures in place of the waves. */
  readonly imageOf?: (index: number) => Image2D<'binary'>;
}

interface Scene {
  readonly rng: Rng;
  readonly problem: DesignCase;
  readonly middle: number;
  readonly spread: number;
  readonly resolution: number;
  readonly picture: (index: number) => Image2D<'binary'>;
  readonly bestOfDatabase: number;
  readonly limit: number;
  readonly feasible: 'most' | 'none';
}

const scales: Readonly<Record<Property, { middle: number; spread: number; limits: readonly [number, number]; bounds: PhysicalLimit['bounds'] }>> = {
  'youngs-modulus': { middle: 125e9, spread: 5e9, limits: [152.99e9, 160.86e9], bounds: 'harmonic-mean' },
  'poisson-ratio': { middle: 0.31, spread: 0.012, limits: [0.4404, 0.4457], bounds: 'worst-direction' },
  'thermal-expansion': { middle: 20.5e-6, spread: 1.2e-6, limits: [8.97e-6, 9.68e-6], bounds: 'arithmetic-mean' },
};

export function syntheticCase(wish: SyntheticWish = {}): CaseResult {
  const { name = 'Stiffness', property = 'youngs-modulus', imageCount = 60, resolution = 32, designCount = 12, explainedLead = 3.5, r2 = 0.974 } = wish;
  const rng = createRng(7);
  const { moreArms = [] } = wish;
  const compared = 'controlLead' in wish && wish.controlLead === undefined ? [] : [{ spec: controlSpec, lead: wish.controlLead ?? 2 }];
  const problem = problemOf(name, property, resolution, imageCount, [...compared, ...moreArms].map(({ spec }) => spec));
  const { middle, spread } = scales[property];
  const picture = wish.imageOf ?? ((index: number) => waves(rng.fork(`image/${index}`), resolution));
  const images = Array.from({ length: imageCount }, (_, i) => picture(i));
  const columns = drawColumns(rng.fork('columns'), imageCount, middle, spread);
  const value = (i: number): number => worst(problem, { x: columns.x[i]!, y: columns.y[i]! });
  const ranked = images.map((_, i) => i).sort((a, b) => compareObjective(problem.objective, value(a), value(b)));
  const best = ranked[0]!;
  const scene: Scene = {
    rng, problem, middle, spread, resolution, picture, bestOfDatabase: value(best), limit: limitOf(problem), feasible: wish.feasible ?? 'most',
  };
  const own = arm(scene, explainedSpec, 'own', designCount, explainedLead);
  const others = [...compared, ...moreArms].map(({ spec, lead }) => arm(scene, spec, 'compared', designCount, lead));
  return {
    problem,
    database: {
      images: packImages(images, resolution),
      families: Uint8Array.from(images, (_, i) => i % 4),
      volumeFractions: Float64Array.from(images, volumeFraction),
      properties: { [property]: columns },
      best: { index: best, x: columns.x[best]!, y: columns.y[best]!, objectiveValue: value(best) },
    },
    outliers: Int32Array.from(ranked.slice(0, Math.ceil(imageCount / 12))),
    explainedOn: ['wasm'],
    learning: learningOf(rng.fork('learning'), problem, columns, r2),
    faithfulness: faithfulnessOf(wish.trust ?? 'some'),
    arms: [own, ...others],
    comparisons: others.flatMap((other) => {
      const comparison = compareArms(problem.objective, own, other);
      const paired = areConstructionsOfOne(own.spec, other.spec) && pairArms(problem.objective, Array.from({ length: designCount }, (_, i) => 3 * i), own, other);
      return comparison ? [{ ...comparison, ...(paired && { paired }) }] : [];
    }),
    limits: limitsOf(problem),
    stages: [
      { stage: 'generate', seconds: 4.2, reused: 'everything', key: 'a3f09c'.repeat(10) },
      { stage: 'solve', seconds: 131.4, reused: 'partly', key: 'b77d10'.repeat(10) },
      { stage: 'learn', seconds: 214.9, reused: 'nothing', key: 'c0ffee'.repeat(10) },
      { stage: 'validate', seconds: 0.8, reused: 'nothing' },
    ],
    solvers: [
      { stage: 'solve', test: problem.test, solver: 'nested-dissection-cholesky', count: imageCount, unknowns: 33153, iterations: 1, residual: 3.1e-13 },
      { stage: 'validate', test: problem.test, solver: 'nested-dissection-cholesky', count: 2 * designCount, unknowns: 33153, iterations: 1, residual: 2.4e-13 },
    ],
    findings: [{ code: 'few-outliers', severity: 'warning', message: 'Only 5 images are outliers in both directions.', remedy: 'Raise the share of outliers or the size of the database.' }],
  };
}

export const explainedSpec: ArmSpec = { name: 'explained', images: 'outliers', proposals: 'regions', construct: 'mirror' };
export const controlSpec: ArmSpec = { name: 'control', images: 'outliers', proposals: 'random', construct: 'mirror' };

function problemOf(name: string, property: Property, resolution: number, size: number, compared: readonly ArmSpec[]): DesignCase {
  const heating = property === 'thermal-expansion';
  const aluminum = { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: heating ? 0.33 : 0.3, thermalExpansion: 23.6e-6 };
  return {
    name,
    phases: heating
      ? { white: aluminum, black: { name: 'Foam', youngsModulus: 0.1e6, poissonRatio: 0.25, thermalExpansion: 1e-15 } }
      : { white: { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 }, black: aluminum },
    plane: 'plane-stress',
    test: heating ? 'heating' : 'compression',
    database: {
      size, resolution, fraction: { lower: 0.38, upper: 0.41 }, seed: 7,
      shares: { particles: 0.25, fibers: 0.25, cells: 0.25, spinodal: 0.25 },
      particles: { radius: { lower: 0.02, upper: 0.06 }, aspect: { lower: 1, upper: 2.5 }, orientation: { lower: 0, upper: Math.PI }, overlap: 'allowed' },
      fibers: { length: { lower: 0.15, upper: 0.5 }, width: { lower: 0.02, upper: 0.05 }, orientation: { lower: 0, upper: Math.PI }, overlap: 'allowed' },
      cells: { kind: 'mixed', count: { lower: 20, upper: 60 } },
      spinodal: { density: 'mixed', wavenumber: { lower: 4, upper: 12 }, bandwidth: { lower: 0.1, upper: 0.3 }, synthesis: 'noise', waves: 1000 },
    },
    objective: { sense: heating ? 'minimize' : 'maximize', property, directions: ['x', 'y'] },
    constraints: [{ kind: 'difference', property, limit: 0.1 }],
    learning: {
      network: 'compact', properties: [property], epochs: 16, batchSize: 64, learningRate: 3e-3, optimizer: 'adamw', weightDecay: 0.01,
      schedule: 'one-cycle', directions: 'shared', augmentation: 'symmetries', holdOut: 0.2, validation: 0.05, backend: 'auto',
    },
    start: { kind: 'random' },
    explain: { method: 'grad-ram', layers: ['last'], outlierShare: 0.1, thresholds: [0.5, 0.6, 0.7], intersection: 'binarized' },
    construct: { mask: 'square', prune: 4, smallestPatch: 12, thinning: 'zhang-suen', fraction: { lower: 0.39, upper: 0.4 } },
    optimization: { filter: 3, symmetry: 'mirror', best: 10, starts: 24, from: ['noise', 'cosines'] },
    arms: [explainedSpec, ...compared],
  };
}

function worst({ objective }: DesignCase, { x, y }: Directional): number {
  return objective.sense === 'maximize' ? Math.min(x, y) : Math.max(x, y);
}

function drawColumns(rng: Rng, count: number, middle: number, spread: number) {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const common = 0.5 * rng.normal() + 0.5 * ((i % 4) - 1.5);
    x[i] = middle + spread * (common + 0.6 * rng.normal());
    y[i] = middle + spread * (common + 0.6 * rng.normal());
  }
  return { x, y };
}

function arm(scene: Scene, spec: ArmSpec, role: ArmResult['role'], count: number, lead: number): ArmResult {
  const { problem, resolution } = scene;
  const designs = Array.from({ length: count }, (_, i) => design(scene, spec, i, lead)).sort(
    (a, b) => Number(b.result.feasible) - Number(a.result.feasible) || compareObjective(problem.objective, a.result.objectiveValue, b.result.objectiveValue),
  );
  const tried = {
    spec,
    attempts: count + 5,
    failures: [
      { reason: 'no-overlap', message: 'the maps of the two directions share no region', count: 3 },
      { reason: 'no-branch', message: 'no branch of the skeleton lies in the patch', count: 2 },
    ],
    designs: designs.map(({ result }) => result),
  };
  return {
    name: spec.name,
    role,
    ...tried,
    ...triesOf({ ...tried, proposals: count + 2 }, problem.objective, scene.bestOfDatabase),
    cells: packImages(designs.map(({ cell }) => cell), resolution),
  };
}

function design(scene: Scene, { name, proposals }: ArmSpec, i: number, lead: number): { result: DesignResult; cell: Image2D<'binary'> } {
  const { problem, middle, spread, resolution } = scene;
  const rng = scene.rng.fork(`${name}/${i}`);
  const towards = problem.objective.sense === 'maximize' ? 1 : -1;
  const level = middle + towards * spread * (lead + 0.9 * rng.normal());
  const property = { x: level * (1 + 0.01 * rng.normal()), y: level * (1 + 0.01 * rng.normal()) };
  const fraction = 0.39 + 0.01 * rng.uniform();
  const objectiveValue = worst(problem, property);
  const difference = Math.abs(property.x - property.y) / Math.min(property.x, property.y);
  const satisfied = scene.feasible === 'most' && rng.uniform() < 0.9;
  const patch = { row: rng.integer(resolution), column: rng.integer(resolution), edge: resolution / 4 + rng.integer(resolution / 4) };
  const image = 3 * i;
  const picture = scene.picture(image);
  const skeleton = dotted(resolution, 5);
  const cell = mirrorQuarter(scene.picture(1000 + i).width === resolution ? quarterOf(scene.picture(1000 + i)) : picture);
  return {
    cell,
    result: {
      candidate: i,
      source: { kind: 'patch', image, family: image % 4, region: i, borrowed: proposals !== 'regions', layer: 'last', threshold: [0.5, 0.6, 0.7][i % 3]!, patch },
      volumeFraction: fraction,
      measured: testResult(problem, problem.test, property, fraction),
      ...(problem.test === 'heating' && { periodic: testResult(problem, 'periodic', { x: property.x * 1.2, y: property.y * 1.2 }, fraction) }),
      objectiveValue,
      limit: { value: scene.limit, percent: problem.objective.sense === 'maximize' ? (100 * objectiveValue) / scene.limit : (100 * scene.limit) / objectiveValue },
      constraints: [
        { name: 'fraction in 0.39 .. 0.4', quantity: 'share', measured: fraction, limit: 0.39, upper: 0.4, satisfied: true },
        { name: 'difference(E) < 10 %', quantity: 'share', measured: satisfied ? difference : 0.1 + difference, limit: 0.1, satisfied },
      ],
      feasible: satisfied,
      beatsDatabase: isBetter(problem.objective, objectiveValue, scene.bestOfDatabase),
      strip: {
        image: picture,
        skeleton,
        cellSkeleton: mirrorQuarter(quarterOf(skeleton)),
        ...(proposals === 'regions' && { explanation: explanationOf(rng, resolution, patch) }),
      },
    },
  };
}

function testResult({ objective }: DesignCase, kind: VirtualTestResult['kind'], value: Directional, fraction: number): VirtualTestResult {
  const statistics = { solver: 'nested-dissection-cholesky', unknowns: 33153, iterations: 1, residual: 2e-13 };
  switch (objective.property) {
    case 'youngs-modulus':
      return { kind, volumeFraction: fraction, youngsModulus: value, poissonRatio: { x: 0.21, y: 0.2 }, statistics };
    case 'poisson-ratio':
      return { kind, volumeFraction: fraction, youngsModulus: { x: 1.1e11, y: 1.12e11 }, poissonRatio: value, statistics };
    case 'thermal-expansion':
      return { kind, volumeFraction: fraction, thermalExpansion: value, statistics };
  }
}

function explanationOf(rng: Rng, resolution: number, { row, column, edge }: { row: number; column: number; edge: number }) {
  const hill = (shift: number) => {
    const data = new Float32Array(resolution * resolution);
    const [r0, c0] = [row + edge / 2 + shift, column + edge / 2 - shift];
    for (let p = 0; p < data.length; p++) {
      const distance = Math.hypot(Math.floor(p / resolution) - r0, (p % resolution) - c0) / edge;
      data[p] = Math.exp(-3 * distance * distance) + 0.2 * (1 + Math.sin(p / resolution / 9 + shift));
    }
    return imageOf('heat', resolution, resolution, data);
  };
  const maps = [hill(rng.between(0, 2)), hill(-rng.between(0, 2))] as const;
  const maxima = maps.map(({ data }) => Math.max(...data));
  const region = Uint8Array.from(maps[0].data, (_, p) => Number(maps.every(({ data }, m) => data[p]! >= 0.6 * maxima[m]!)));
  return {
    layer: 'last',
    nativeResolution: 8,
    agreement: agreement(maps, 'binarized'),
    criticalRegion: imageOf('binary', resolution, resolution, region),
  } as const;
}

function learningOf(rng: Rng, { database, objective }: DesignCase, columns: { x: Float64Array; y: Float64Array }, r2: number): NonNullable<CaseResult['learning']> {
  const images = Int32Array.from({ length: Math.floor(databaseSize(database) / 5) }, (_, i) => 5 * i);
  const others = Int32Array.from({ length: databaseSize(database) }, (_, i) => i).filter((image) => image % 5 !== 0);
  const layout = layoutOf(planOf('compact'));
  const spread = scales[objective.property].spread;
  return {
    network: 'compact',
    backend: 'wasm',
    backendReason: 'tfjs-node is not installed',
    trainSeconds: 214.9,
    split: { training: others.slice(12), validation: others.slice(0, 12), holdOut: images },
    networks: [{
      serves: ['x', 'y'],
      outputs: [{ property: objective.property, mean: scales[objective.property].middle, deviation: spread, minimum: 0, maximum: 1 }],
      parameters: new Float32Array(layout.parameterCount).map((_, i) => Math.sin(i)),
      statistics: new Float32Array(layout.statisticsCount).fill(0.5),
      bestEpoch: 15,
      curve: Array.from({ length: 16 }, (_, i) => ({ epoch: i + 1, trainLoss: 0.05 * Math.exp(-0.28 * i), validationLoss: 0.06 * Math.exp(-0.24 * i) * (1 + 0.2 * Math.sin(2 * i)), learningRate: 1e-3 })),
    }],
    quality: (['x', 'y'] as const).map((direction) => {
      const measured = Float64Array.from(images, (image) => columns[direction][image]!);
      return { property: objective.property, direction, r2: r2 - (direction === 'y' ? 0.008 : 0), mse: 9e-4, measured, predicted: measured.map((value) => value + Math.sqrt(1 - Math.min(1, Math.max(0, r2))) * spread * rng.normal()), images };
    }),
    otherQuality: [],
  };
}

function faithfulnessOf(trust: 'some' | 'none' | 'silent'): CaseResult['faithfulness'] {
  const means = (mean: number) => (trust === 'silent' ? { mean: NaN, deviation: NaN, count: 0 } : { mean, deviation: 0.12, count: 16 });
  const good = trust === 'some' ? 1 : 0;
  const perturbation = (lead: number) => ({
    images: 16,
    advantage: 9.6e9,
    own: { deletion: [1, 0.68 - lead, 0.4 - lead, 0.15, 0], insertion: [0, 0.2 + lead, 0.43 + lead, 0.7, 1] },
    shifted: { deletion: [1, 0.68, 0.4, 0.15, 0], insertion: [0, 0.2, 0.43, 0.7, 1] },
    deletionGain: { mean: lead / 2, deviation: 0.05, better: 8 + Math.round(60 * lead), p: lead > 0 ? 0.002 : 0.6 },
    insertionGain: { mean: lead / 2, deviation: 0.05, better: 8 + Math.round(50 * lead), p: lead > 0 ? 0.011 : 0.6 },
  });
  const agreement = (correlation: number, partialCorrelation: number, gini: number, share: number) =>
    ({ correlation: means(correlation), partialCorrelation: means(partialCorrelation), gini: means(gini), relevanceMass: means(share), sharedTenth: means(share) });
  const measured = (lead: number) => (trust === 'silent' ? {} : { finiteElements: perturbation(lead), network: perturbation(lead) });
  const surroundings = measured(0.06 * good);
  const controls = { random: measured(-0.02), edges: measured(0.02), center: measured(0), white: measured(0.01) };
  return {
    images: Int32Array.from({ length: 16 }, (_, i) => i),
    maps: (['x', 'y'] as const).map((direction, d) => ({
      layer: 'last',
      direction,
      nativeResolution: 8,
      evidence: { images: 20, none: trust === 'silent' ? 20 : 0 },
      correlation: means(good * (0.52 - 0.1 * d) - 0.02),
      partialCorrelation: means(good * 0.4 - 0.2),
      randomized: [0.5, 0.3, 0.2, 0.15, 0.1].map((left) => means(trust === 'none' ? 0.8 : left)),
    })),
    layers: [
      {
        layer: 'last',
        nativeResolution: 8,
        agreement: {
          map: agreement(good * 0.47 - 0.02, good * 0.4 - 0.2, 0.55, 0.1 + 0.25 * good),
          elsewhere: agreement(0.02, 0.01, 0.55, 0.11),
          edges: agreement(0.3, 0.1, 0.2, 0.14),
          center: agreement(0.05, 0.01, 0.4, 0.12),
          white: agreement(0.7, NaN, 0.25, 0.3),
        },
        stability: {
          moved: means(0.3 + 1.1 * (1 - good)), movedOverlap: means(0.1 + 0.6 * good),
          noisy: means(0.2 + 1.1 * (1 - good)), noisyOverlap: means(0.1 + 0.7 * good),
          elsewhere: means(1.4), elsewhereOverlap: means(0.12),
        },
        entropyRise: means(0.5 * good - 0.1),
      },
    ],
    perturbation: [
      { ranking: 'last', ...(trust !== 'silent' && { finiteElements: perturbation(0.1 * good), network: perturbation(0.08 * good) }), surroundings, controls },
      { ranking: 'exact', ...(trust !== 'silent' && { finiteElements: perturbation(0.15) }) },
    ],
    parts: ['fc', 'layer3', 'layer2', 'layer1', 'conv1'],
  };
}

/** The limit that percentages of designs refer to. */
export function limitOf({ objective: { property } }: Pick<DesignCase, 'objective'>): number {
  const { limits } = scales[property];
  return (limits[0] + limits[1]) / 2;
}

/** A mirrored cell of a few waves. */
export function mirroredWaves(rng: Rng, resolution: number): Image2D<'binary'> {
  return mirrorQuarter(quarterOf(waves(rng, resolution)));
}

function limitsOf({ objective: { property } }: DesignCase): PhysicalLimit[] {
  const { limits, bounds } = scales[property];
  const heating = property === 'thermal-expansion';
  const own: PhysicalLimit = {
    name: heating ? 'uniform stress (Reuss)' : property === 'poisson-ratio' ? 'laminate at ±45°' : 'rank-2 laminate',
    test: heating ? 'any' : 'periodic',
    bounds,
    condition: heating ? 'Nothing passes it, under any boundary condition.' : 'Attained under periodicity; free edges may let a cell pass it a little.',
    volumeFractions: Float64Array.of(0.38, 0.41),
    values: Float64Array.from(limits),
  };
  const periodic: PhysicalLimit = { ...own, name: 'isolated inclusions', test: 'periodic', condition: 'Levin 1967 with the lower Hashin–Shtrikman bulk modulus.', values: Float64Array.of(11.68e-6, 12.43e-6) };
  return heating ? [own, periodic] : [own];
}

/** A sum of a few waves, white where it is above its 60 % quantile. */
function waves(rng: Rng, resolution: number): Image2D<'binary'> {
  const field = new Float64Array(resolution * resolution);
  for (let wave = 0; wave < 12; wave++) {
    const [rows, columns, phase] = [rng.integer(9) - 4, rng.integer(5), rng.between(0, 2 * Math.PI)];
    for (let p = 0; p < field.length; p++) {
      field[p]! += Math.cos((2 * Math.PI * (rows * Math.floor(p / resolution) + columns * (p % resolution))) / resolution + phase);
    }
  }
  const cut = Float64Array.from(field).sort()[Math.floor(0.6 * field.length)]!;
  return imageOf('binary', resolution, resolution, Uint8Array.from(field, (height) => Number(height >= cut)));
}

function quarterOf({ width, data }: Image2D<'binary'>): Image2D<'binary'> {
  const half = width / 2;
  return imageOf('binary', half, half, Uint8Array.from({ length: half * half }, (_, p) => data[Math.floor(p / half) * width + (p % half)]!));
}

/** Lines every few pixels. */
function dotted(resolution: number, step: number): Image2D<'binary'> {
  const data = Uint8Array.from({ length: resolution * resolution }, (_, p) => Number(p % step === 0 && Math.floor(p / resolution) % step < 3));
  return imageOf('binary', resolution, resolution, data);
}
