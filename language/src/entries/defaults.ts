/*
 * Every default of the language, in SI, under the words that a file uses. docs/language.md shows the
 * same values, and a test holds the two together. What is not here has no default: it must be said.
 */
import type { ArmSpec, ConstructSettings, MirrorAxes } from '#domain/arms';
import type { Contribution, NetworkExplanation } from '#domain/explanation';
import type { Interval } from '#domain/intervals';
import type { LearningSettings } from '#domain/learning';
import type { PlaneAssumption } from '#domain/materials';
import type { RandomDatabase } from '#domain/microstructures';
import type { NetworkKind } from '#domain/networks';
import type { Property } from '#domain/objective';
import type { CaseOptimization } from '#domain/optimization';
import type { VirtualTestKind } from '#domain/virtual-tests';

/** A value that an entry has when a file does not give it. */
export type DefaultValue = number | string | Interval | readonly number[] | readonly string[];

interface LearnDefaults extends Pick<LearningSettings, 'epochs' | 'optimizer' | 'schedule' | 'directions' | 'backend'> {
  readonly batch: number;
  readonly rate: number;
  readonly 'weight-decay': number;
  readonly augment: LearningSettings['augmentation'];
  readonly holdout: number;
  readonly validation: number;
}

const halfTurn = { lower: 0, upper: Math.PI };

export const databaseDefaults = { resolution: 128, seed: 1 } satisfies Partial<RandomDatabase>;

export const familyDefaults = {
  particles: { radius: { lower: 0.02, upper: 0.06 }, aspect: { lower: 1, upper: 2.5 }, orientation: halfTurn, overlap: 'allowed' },
  fibers: { length: { lower: 0.15, upper: 0.5 }, width: { lower: 0.02, upper: 0.05 }, orientation: halfTurn, overlap: 'allowed' },
  cells: { kind: 'mixed', count: { lower: 20, upper: 60 } },
  spinodal: {
    density: 'mixed',
    wavenumber: { lower: 4, upper: 12 },
    bandwidth: { lower: 0.1, upper: 0.3 },
    synthesis: 'noise',
    waves: 1000,
  },
} as const satisfies Pick<RandomDatabase, 'particles' | 'fibers' | 'cells' | 'spinodal'>;

export const learnDefaults = {
  compact: {
    epochs: 16,
    batch: 64,
    rate: 1e-2,
    optimizer: 'adamw',
    'weight-decay': 0.01,
    schedule: 'one-cycle',
    directions: 'shared',
    augment: 'symmetries',
    holdout: 0.2,
    validation: 0.05,
    backend: 'auto',
  },
  // As published, with what the paper leaves open: the rate, and the epochs of its cases 2 and 3.
  resnet18: {
    epochs: 50,
    batch: 32,
    rate: 1e-3,
    optimizer: 'adam',
    'weight-decay': 0,
    schedule: 'decay',
    directions: 'separate',
    augment: 'none',
    holdout: 0.2,
    validation: 0.05,
    backend: 'auto',
  },
} as const satisfies Readonly<Record<NetworkKind, LearnDefaults>>;

export const explainDefaults = {
  outliers: 0.1,
  threshold: [0.5, 0.6, 0.7],
  layer: ['last'],
  intersect: 'binarized',
  squares: 1,
} as const satisfies {
  outliers: number;
  threshold: readonly number[];
  layer: NetworkExplanation['layers'];
  intersect: NetworkExplanation['intersection'];
  squares: number;
};

/** The edges of squares at a resolution, in pixels, at least the smallest patch: an image with twice the pixels along an edge has the same squares. */
export function defaultEdges(resolution: number): readonly number[] {
  const edges = [6, 7, 8, 9, 10, 12, 14, 16].map((part) => Math.round((part * resolution) / 64));
  return [...new Set(edges.map((edge) => Math.max(edge, constructDefaults.patch)))].filter((edge) => edge <= resolution);
}

/** The contribution whose squares make the best designs of each property (docs/methods.md). */
export const defaultContribution = {
  'youngs-modulus': 'efficiency',
  'poisson-ratio': 'arrangement',
  'thermal-expansion': 'total',
} as const satisfies Readonly<Record<Property, Contribution>>;

export const constructDefaults = {
  mask: 'square',
  prune: 4,
  patch: 12,
  thinning: 'end-preserving',
  norm: 2,
  axes: 'two',
} as const satisfies Pick<ConstructSettings, 'mask' | 'prune' | 'thinning'> & { patch: number; norm: number; axes: MirrorAxes };

export const optimizationDefaults = {
  filter: 5,
  symmetry: 'mirror',
  best: 10,
  starts: 24,
  from: ['noise', 'cosines'],
} as const satisfies Omit<CaseOptimization<never>, 'pictures'>;

/** What a case does when it does not say; its test follows from the objective (see `defaultTest`). */
export const caseDefaults = {
  plane: 'plane-stress',
  network: 'compact',
  method: 'gradram',
  construction: 'mirror',
} as const satisfies {
  plane: PlaneAssumption;
  network: NetworkKind;
  method: 'gradram' | 'hirescam' | 'layercam' | 'exact';
  construction: ArmSpec['construct'];
};

/** Thermal expansion is measured by heating, stiffness by compressing. */
export const defaultTest = {
  'youngs-modulus': 'compression',
  'poisson-ratio': 'compression',
  'thermal-expansion': 'heating',
} as const satisfies Readonly<Record<Property, VirtualTestKind>>;
