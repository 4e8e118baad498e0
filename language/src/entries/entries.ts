/*
 * What the entries of each block mean and which values they take: one table for checks, for the
 * specification and for the editor. Keywords of choices are in the grammar, defaults in defaults.ts.
 */
import { nearestResolution, resolutions } from '#domain/networks';
import { smallestFilter } from '#domain/optimization';
import type { Property } from '#domain/objective';
import type { FindingCode } from '#language/findings';
import type { Property as PropertyWord } from '#language/generated/ast';
import type { Dimension } from '#units/quantity';

/** Which values a number may have; bounds in SI. */
export interface NumberRule {
  readonly dimension: Dimension;
  readonly whole?: true;
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
  /** Of a whole number for which not all between the bounds are allowed: the nearest that is. */
  readonly nearest?: (value: number) => number;
  /** Of a range: a single value is not allowed. */
  readonly window?: true;
  /** Code of a value outside the bounds; `value-out-of-range` when absent. */
  readonly code?: FindingCode;
  /** Remedy for a value outside the bounds, when the bounds alone do not show it. */
  readonly remedy?: string;
  /** Code and remedy of a value below the bounds, where that is a finding of its own; the bound itself is a valid value. */
  readonly tooSmall?: { readonly code: FindingCode; readonly remedy: string };
}

export interface EntryDescription {
  readonly form: 'number' | 'range' | 'list' | 'choice' | 'choices' | 'properties' | 'path' | 'paths' | 'case' | 'white' | 'labels' | 'column' | 'columns';
  /** One sentence without its full stop. */
  readonly meaning: string;
  /** Of `number`, `range` and `list`. */
  readonly rule?: NumberRule;
  /** A line that could be added, shown when a required entry is missing. */
  readonly required?: string;
  /** Of a default that follows from other entries: how it is said, and a value that could be written. */
  readonly fallback?: { readonly text: string; readonly example: string };
  /** Of an entry of `database` that only one kind has: of random images, or of files. */
  readonly ofDatabase?: DatabaseKind;
  /** Of an entry that only one kind of database requires. */
  readonly requiredOf?: DatabaseKind;
  /** Of an entry of `explain` that only some methods have: those of a network, or the exact one. */
  readonly explainedBy?: 'network' | 'exact';
}

/** A database draws its images at random, or it has them from files. */
export type DatabaseKind = 'random' | 'files';

export type BlockName = 'material' | 'database' | 'labels' | 'particles' | 'fibers' | 'cells' | 'spinodal' | 'learn' | 'explain' | 'construct' | 'refine' | 'compare';

const orientation = { form: 'range', meaning: 'Direction of the long axis, counted from x towards y', rule: { dimension: 'angle' } } as const;
const overlap = { form: 'choice', meaning: 'Whether shapes may overlap' } as const;

/** How cells are optimized, whatever they start from. */
const optimizing = {
  filter: {
    form: 'number',
    meaning: 'Radius of the density filter in pixels; a larger one gives coarser cells',
    rule: {
      dimension: 'number',
      atLeast: smallestFilter,
      atMost: 64,
      tooSmall: { code: 'filter-too-small', remedy: `With a smaller filter, cells become checkerboards, whose stiffness is an error of the elements: use a radius of at least \`${smallestFilter}\`.` },
    },
  },
  symmetry: { form: 'choice', meaning: 'Symmetry of the cells' },
} as const satisfies Readonly<Record<string, EntryDescription>>;

/** A volume fraction: of a database, of a design. */
export const fractionRule: NumberRule = {
  dimension: 'share',
  above: 0,
  below: 1,
  window: true,
  code: 'fraction-out-of-range',
  remedy: 'Both phases must be present: use fractions between 0 and 1, such as `0.38 .. 0.41`.',
};

/** A family's share of a database. */
export const shareRule: NumberRule = { dimension: 'share', atLeast: 0, atMost: 1 };

/** The share of images that counts as exceptional. */
export const outlierRule: NumberRule = {
  dimension: 'share',
  above: 0,
  atMost: 0.5,
  code: 'outlier-share-out-of-range',
  remedy: 'What half of the images have is not exceptional: use a share of up to 50%, such as `10%`.',
};

/** The limit of `difference(…)`. */
export const differenceRule: NumberRule = { dimension: 'share', above: 0 };

/** Values of properties, as bounds of a design. */
export const propertyRules = {
  'youngs-modulus': { dimension: 'stress', above: 0 },
  'poisson-ratio': { dimension: 'number' },
  'thermal-expansion': { dimension: 'expansion' },
} as const satisfies Readonly<Record<string, NumberRule>>;

export const entries: Readonly<Record<BlockName, Readonly<Record<string, EntryDescription>>>> = {
  material: {
    young: {
      form: 'number',
      meaning: "Young's modulus",
      rule: { dimension: 'stress', above: 0, code: 'modulus-not-positive', remedy: 'For a void, use a small modulus, such as `0.1 MPa`.' },
      required: 'young 68.3 GPa',
    },
    poisson: {
      form: 'number',
      meaning: "Poisson's ratio",
      rule: { dimension: 'number', above: -1, below: 0.5, code: 'poisson-out-of-range', remedy: 'No isotropic material lies outside; most lie between 0.2 and 0.35.' },
      required: 'poisson 0.3',
    },
    expansion: { form: 'number', meaning: 'Coefficient of linear thermal expansion', rule: { dimension: 'expansion' } },
  },
  database: {
    size: {
      form: 'number',
      meaning: 'Number of images; of files, the largest number',
      rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1e7 },
      required: 'size 800',
      requiredOf: 'random',
      fallback: { text: 'required for random images, else all', example: '800' },
    },
    resolution: {
      form: 'number',
      meaning: 'Pixels along an edge; a pixel is a finite element',
      rule: {
        dimension: 'number',
        whole: true,
        atLeast: resolutions.lower,
        atMost: resolutions.upper,
        nearest: nearestResolution,
        code: 'resolution-not-supported',
        remedy: 'Networks halve the image several times: use 32, 64, 128, 256, 512 or 1024.',
      },
    },
    fraction: {
      form: 'range',
      meaning: 'Volume fraction of white, drawn for each random image; images of files outside it are left out',
      rule: fractionRule,
      required: 'fraction 0.38 .. 0.41',
      requiredOf: 'random',
      fallback: { text: 'required for random images, else any', example: '0.38 .. 0.41' },
    },
    seed: { form: 'number', meaning: 'Number that determines all random choices', rule: { dimension: 'number', whole: true, atLeast: 0, atMost: Number.MAX_SAFE_INTEGER } },
    images: { form: 'paths', meaning: 'Pictures, or files of many pictures, in place of random images', ofDatabase: 'files' },
    white: {
      form: 'white',
      meaning: 'Which pixels of the pictures are white',
      rule: { dimension: 'number' },
      fallback: { text: 'the larger of two values', example: 'above otsu' },
      ofDatabase: 'files',
    },
    fit: {
      form: 'choice',
      meaning: 'What becomes of a picture of another size',
      fallback: { text: 'it is refused', example: 'crop' },
      ofDatabase: 'files',
    },
    stride: {
      form: 'number',
      meaning: 'Pixels from tile to tile of `fit tile`',
      rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 65_536 },
      fallback: { text: 'the resolution', example: '64' },
      ofDatabase: 'files',
    },
    tiles: {
      form: 'number',
      meaning: 'Largest number of tiles of a picture, drawn at random',
      rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1e6 },
      fallback: { text: 'all', example: '100' },
      ofDatabase: 'files',
    },
    speckles: { form: 'number', meaning: 'Spots of fewer pixels take the other phase', rule: { dimension: 'number', whole: true, atLeast: 2, atMost: 10_000 }, ofDatabase: 'files' },
    periodic: {
      form: 'choice',
      meaning: 'Whether the images repeat at their edges',
      fallback: { text: 'found out', example: 'no' },
      ofDatabase: 'files',
    },
    labels: { form: 'labels', meaning: 'Table of properties of the pictures, measured or computed elsewhere', ofDatabase: 'files' },
  },
  labels: {
    E: { form: 'columns', meaning: "Columns of Young's modulus" },
    poisson: { form: 'columns', meaning: "Columns of Poisson's ratio" },
    expansion: { form: 'columns', meaning: 'Columns of the thermal expansion' },
    file: { form: 'column', meaning: 'Column with the names of the pictures', fallback: { text: 'row by row', example: '"file"' } },
    test: { form: 'choice', meaning: 'Virtual test that the properties come from', required: 'test periodic' },
  },
  particles: {
    radius: { form: 'range', meaning: 'Radius of the circle of equal area, as a share of the edge', rule: { dimension: 'share', above: 0, atMost: 0.5 } },
    aspect: { form: 'range', meaning: 'Long axis over short axis', rule: { dimension: 'number', atLeast: 1, atMost: 20 } },
    orientation,
    overlap,
  },
  fibers: {
    length: { form: 'range', meaning: 'Length from tip to tip, as a share of the edge', rule: { dimension: 'share', above: 0, atMost: 1 } },
    width: { form: 'range', meaning: 'Width, as a share of the edge', rule: { dimension: 'share', above: 0, atMost: 0.5 } },
    orientation,
    overlap,
  },
  cells: {
    kind: { form: 'choice', meaning: 'White walls (`network`), white cells (`porous`), or either at random (`mixed`)' },
    count: { form: 'range', meaning: 'Number of Voronoi cells', rule: { dimension: 'number', whole: true, atLeast: 2, atMost: 10000 } },
  },
  spinodal: {
    density: { form: 'choice', meaning: 'Shape of the spectral density; `mixed` chooses one at random for each image' },
    wavenumber: { form: 'range', meaning: 'Mean wavenumber in periods per edge', rule: { dimension: 'number', atLeast: 1, atMost: 512 } },
    bandwidth: { form: 'range', meaning: 'Width of the density relative to the mean wavenumber', rule: { dimension: 'number', above: 0, atMost: 1 } },
    synthesis: { form: 'choice', meaning: 'Filtered noise, or a sum of waves' },
    waves: { form: 'number', meaning: 'Number of waves of `synthesis waves`', rule: { dimension: 'number', whole: true, atLeast: 10, atMost: 1e6 } },
  },
  learn: {
    epochs: { form: 'number', meaning: 'Passes over the training images', rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1e5 } },
    batch: { form: 'number', meaning: 'Images per training step', rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1e5 } },
    rate: { form: 'number', meaning: 'Peak learning rate', rule: { dimension: 'number', above: 0, atMost: 1 } },
    optimizer: { form: 'choice', meaning: 'How the weights are updated' },
    'weight-decay': { form: 'number', meaning: 'Decoupled weight decay of `adamw`', rule: { dimension: 'number', atLeast: 0, below: 1 } },
    schedule: { form: 'choice', meaning: 'How the learning rate changes' },
    directions: { form: 'choice', meaning: 'One network for x and y through the anti-transposed image, or one per direction' },
    augment: { form: 'choice', meaning: 'Which copies of the images training also uses' },
    holdout: { form: 'number', meaning: 'Share of the images withheld from training to evaluate it', rule: { dimension: 'share', atLeast: 0.01, atMost: 0.9 } },
    validation: { form: 'number', meaning: 'Share of the training images withheld from weight updates and used to choose the epoch', rule: { dimension: 'share', atLeast: 0, atMost: 0.5 } },
    patience: { form: 'number', meaning: 'Epochs without improvement of the validation error after which training stops', rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1e5 } },
    properties: { form: 'properties', meaning: "Properties that the networks predict, one output each; the objective's property is always included" },
    weights: { form: 'path', meaning: 'Safetensors file with the initial weights of the training' },
    transfer: { form: 'case', meaning: 'Case whose trained network gives the initial weights' },
    backend: { form: 'choice', meaning: 'TensorFlow.js backend for training and explanation; `auto` is the best that works' },
  },
  explain: {
    outliers: { form: 'number', meaning: 'Share of the images that counts as exceptional, in each direction', rule: outlierRule },
    threshold: {
      form: 'list',
      meaning: "Fraction of its maximum above which the map is critical",
      rule: { dimension: 'share', above: 0, below: 1, code: 'threshold-out-of-range', remedy: 'Use fractions of the maximum between 0 and 1, such as `0.5, 0.6, 0.7`.' },
      explainedBy: 'network',
    },
    layer: { form: 'choices', meaning: 'Layers to explain; each gives its own patches', explainedBy: 'network' },
    edge: {
      form: 'list',
      meaning: 'Edges in pixels of squares; of each, the square of an image that contributes most is a patch',
      rule: { dimension: 'number', whole: true, atLeast: 4, atMost: 1024 },
      fallback: { text: '`12, 14, 16, 18, 20, 24, 28, 32` at 128 pixels', example: '16, 24, 32' },
      explainedBy: 'exact',
    },
    squares: { form: 'number', meaning: 'How many squares of each edge an image gives, those that contribute most', rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 16 }, explainedBy: 'exact' },
    contribution: {
      form: 'choice',
      meaning: 'What counts as the contribution of a square, beyond that of the whole image',
      fallback: { text: '`efficiency` for `E`, `arrangement` for `poisson`, `total` for `expansion`', example: 'efficiency' },
      explainedBy: 'exact',
    },
    intersect: { form: 'choice', meaning: 'How the maps of two directions become one region', explainedBy: 'network' },
  },
  construct: {
    mask: { form: 'choice', meaning: "Keep the skeleton in the region's whole square, or only inside the region" },
    prune: { form: 'number', meaning: 'Spurs shorter than this many pixels are removed', rule: { dimension: 'number', whole: true, atLeast: 0, atMost: 512 } },
    patch: { form: 'number', meaning: 'Smallest edge of a patch in pixels', rule: { dimension: 'number', whole: true, atLeast: 4, atMost: 1024 } },
    thinning: { form: 'choice', meaning: 'Thinning algorithm' },
    norm: { form: 'number', meaning: 'The exponent n of the distances (xⁿ + yⁿ)^(1/n) by which curves are thickened; 2 is Euclidean', rule: { dimension: 'number', atLeast: 2, atMost: 16 } },
    axes: { form: 'choice', meaning: 'Mirror lines of a mirrored cell' },
  },
  refine: {
    best: { form: 'number', meaning: 'How many designs of each arm are refined, the best ones', rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1000 } },
    ...optimizing,
  },
  compare: {
    starts: { form: 'number', meaning: 'Number of starts, taken from the sources by turns', rule: { dimension: 'number', whole: true, atLeast: 1, atMost: 1000 } },
    from: { form: 'choices', meaning: 'Sources of the starts' },
    ...optimizing,
  },
};

/** Properties by their keywords; `undefined` is for broken files. */
export const propertyNames: Readonly<Record<PropertyWord, Property>> & { readonly [word: string]: Property | undefined } = {
  E: 'youngs-modulus',
  poisson: 'poisson-ratio',
  expansion: 'thermal-expansion',
};
