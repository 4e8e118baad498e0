/*
 * A checked `.xdesign` file as plain data: SI numbers, every default filled in, names resolved, and
 * the place of each case kept. Free of AST and editor types, so that whoever runs a case needs
 * nothing else of the language.
 */

/** Zero-based lines and characters of a file, as editors count them. */
export interface Place {
  readonly file: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A closed interval. */
export interface IntervalSpecification {
  readonly lower: number;
  readonly upper: number;
}

/** A material; SI. */
export interface MaterialSpecification {
  readonly name: string;
  /** Pa; 0 is a void, whose Poisson's ratio and expansion are 0 too. */
  readonly youngsModulus: number;
  readonly poissonRatio: number;
  /** 1/K. */
  readonly thermalExpansion?: number;
}

/** A database of random microstructures; lengths are shares of the edge, angles radians. */
export interface DatabaseSpecification {
  readonly name: string;
  readonly size: number;
  readonly resolution: number;
  readonly fraction: IntervalSpecification;
  readonly seed: number;
  readonly shares: {
    readonly particles: number;
    readonly fibers: number;
    readonly cells: number;
    readonly spinodal: number;
  };
  readonly particles: {
    readonly radius: IntervalSpecification;
    readonly aspect: IntervalSpecification;
    readonly orientation: IntervalSpecification;
    readonly overlap: 'allowed' | 'avoided';
  };
  readonly fibers: {
    readonly length: IntervalSpecification;
    readonly width: IntervalSpecification;
    readonly orientation: IntervalSpecification;
    readonly overlap: 'allowed' | 'avoided';
  };
  readonly cells: {
    readonly kind: 'network' | 'porous' | 'mixed';
    readonly count: IntervalSpecification;
  };
  readonly spinodal: {
    readonly density: 'ring' | 'disc' | 'band' | 'anisotropic' | 'mixed';
    readonly wavenumber: IntervalSpecification;
    readonly bandwidth: IntervalSpecification;
    readonly synthesis: 'noise' | 'waves';
    readonly waves: number;
  };
}

export type PropertySpecification = 'youngs-modulus' | 'poisson-ratio' | 'thermal-expansion';

export type ConstraintSpecification =
  | { readonly kind: 'difference'; readonly property: PropertySpecification; readonly limit: number }
  | { readonly kind: 'bound'; readonly property: PropertySpecification; readonly relation: '<' | '>'; readonly value: number };

/** A way to designs: which images, which squares of them, how squares become cells. */
export interface ArmSpecification {
  /** As tables, file names and messages call it. */
  readonly name: string;
  readonly images: 'outliers';
  readonly patches: 'regions' | 'random';
  readonly construct: 'mirror';
}

/** Where a training starts. */
export type StartSpecification =
  | { readonly kind: 'random' }
  /** A path as written, relative to the folder of the file that `place` names. */
  | { readonly kind: 'file'; readonly file: string; readonly place: Place }
  /** The network of another case of the file; no case starts from itself, however indirectly. */
  | { readonly kind: 'case'; readonly name: string; readonly specification: CaseSpecification };

/** One case: everything a run needs. */
export interface CaseSpecification {
  readonly name: string;
  readonly place: Place;
  readonly white: MaterialSpecification;
  readonly black: MaterialSpecification;
  readonly database: DatabaseSpecification;
  readonly plane: 'plane-stress' | 'plane-strain';
  readonly test: 'compression' | 'heating' | 'periodic';
  readonly objective: {
    readonly sense: 'maximize' | 'minimize';
    readonly property: PropertySpecification;
    readonly directions: readonly ('x' | 'y')[];
  };
  readonly constraints: readonly ConstraintSpecification[];
  readonly learning: {
    readonly network: 'compact' | 'resnet18';
    readonly properties: readonly PropertySpecification[];
    readonly epochs: number;
    readonly batchSize: number;
    readonly learningRate: number;
    readonly optimizer: 'adam' | 'adamw';
    readonly weightDecay: number;
    readonly schedule: 'constant' | 'decay' | 'one-cycle';
    readonly directions: 'shared' | 'separate';
    readonly augmentation: 'none' | 'symmetries';
    readonly holdOut: number;
    readonly validation: number;
    readonly patience?: number;
    readonly backend: 'auto' | 'node-gpu' | 'node' | 'webgpu' | 'wasm';
  };
  readonly start: StartSpecification;
  readonly explain: {
    readonly method: 'grad-ram' | 'hires-cam' | 'layer-cam';
    readonly layers: readonly ('last' | 'stage-1' | 'stage-2' | 'stage-3' | 'conv1' | 'maxpool' | `layer${string}`)[];
    readonly outlierShare: number;
    readonly thresholds: readonly number[];
    readonly intersection: 'binarized' | 'normalized';
  };
  readonly construct: {
    readonly mask: 'square' | 'region';
    readonly prune: number;
    readonly smallestPatch: number;
    readonly thinning: 'end-preserving' | 'zhang-suen' | 'guo-hall';
    readonly fraction: IntervalSpecification;
  };
  /** The ways to designs, by different names: the case's own, then those that it is compared with. */
  readonly arms: readonly [ArmSpecification, ...ArmSpecification[]];
}

/** A whole file. */
export interface Specification {
  readonly file: string;
  readonly cases: readonly CaseSpecification[];
}
