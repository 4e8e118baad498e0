/* Everything that a run of one case found, as plain data in SI units and without a judgment: what reports, exports and views are made of. */
import type { ArmSpec } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { MapName } from '#domain/explanation';
import type { NetworkKind } from '#domain/networks';
import type { Directional, Property } from '#domain/objective';
import type { StartFamily } from '#domain/optimization';
import type { StageRecord } from '#domain/run-state';
import type { VirtualTestKind } from '#domain/virtual-tests';
import type { SolverStatistics, VirtualTestResult } from '#engine/fem/virtual-test';
import type { Image2D, Square } from '#engine/grid/image-2d';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import type { DatasetSplit } from '#engine/learning/training/regression-dataset';
import type { HoldOutQuality, TrainedNetwork } from '#engine/learning/training/regressor';
import type { BestOfTries } from '#engine/validation/best-of-tries';
import type { ConstraintCheck } from '#engine/validation/constraint';
import type { AttainedLimit } from '#engine/validation/validate-design';
import type { OptimizationResult } from './optimization-result';
import type { ArmComparison } from './arm-comparison';
import type { FaithfulnessResult } from './faithfulness-result';

/** One run of one case. */
export interface CaseResult {
  readonly problem: DesignCase;
  readonly database: DatabaseResult;
  /** Indices of the exceptional images in the database, best worst direction first. */
  readonly outliers: Int32Array;
  /** Absent where the case explains without a network. */
  readonly learning?: LearningResult;
  /** TensorFlow.js backends that computed the maps; others than the learning's where the case went on elsewhere, none without a network. */
  readonly explainedOn: readonly string[];
  /** Whether the maps are to be trusted. */
  readonly faithfulness: FaithfulnessResult;
  /** The case's own arm, then those that it is compared with. */
  readonly arms: readonly [ArmResult, ...ArmResult[]];
  /** The own arm with each of the others; none where one of the two has no design. */
  readonly comparisons: readonly ArmComparison[];
  /** What topology optimization made of its starts; absent where no arm optimizes, or none has a start with a gradient. */
  readonly optimization?: OptimizationResult;
  /** The bounds known for this objective; empty when none is. The first is for the case's own test. */
  readonly limits: readonly PhysicalLimit[];
  /** In the order they ran. */
  readonly stages: readonly StageRecord[];
  readonly solvers: readonly SolverSummary[];
  /** Warnings and information of all stages, never errors: a run with an error has no result. */
  readonly findings: readonly Finding[];
}

/** The images of the database and what the virtual test measured on them; entry i is image i. */
export interface DatabaseResult {
  readonly images: MicrostructureBatch;
  /** Family code of each image, an index of `imageKinds`. */
  readonly families: Uint8Array;
  /** White volume fraction of each image, in [0, 1]. */
  readonly volumeFractions: Float64Array;
  /** What the test gives, SI; the objective's property is always among them. */
  readonly properties: Readonly<Partial<Record<Property, PropertyColumns>>>;
  /** The image whose worst direction is best: what a design has to beat. */
  readonly best: BestImage;
}

/** One measured property of many images, SI: Pa, 1 or 1/K. */
export interface PropertyColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** The best image of a database by the case's objective. */
export interface BestImage extends Directional {
  readonly index: number;
  /** The objective's value: the worst of its directions, SI. */
  readonly objectiveValue: number;
}

/** What was trained and how well it predicts the hold-out. */
export interface LearningResult {
  readonly network: NetworkKind;
  /** TensorFlow.js backend, e.g. `wasm`. */
  readonly backend: string;
  /** Why this backend, a few words without a full stop. */
  readonly backendReason: string;
  /** Wall time of all trainings together, seconds; of the first computation when it was cached. */
  readonly trainSeconds: number;
  /** Which images trained the weights, which selected the epoch, and which are the hold-out. */
  readonly split: DatasetSplit;
  /** One entry for shared directions, two for separate ones. */
  readonly networks: readonly TrainedNetwork[];
  /** One entry per direction of the objective, on the hold-out, at the selected epoch. */
  readonly quality: readonly HoldOutQuality[];
  /** The same of the other properties that the networks predict. */
  readonly otherQuality: readonly HoldOutQuality[];
}

/** All designs of one arm. */
export interface ArmResult {
  readonly name: string;
  /** Whether it is the case's own arm, or one that this is compared with. */
  readonly role: 'own' | 'compared';
  readonly spec: ArmSpec;
  /** Of an arm that does not take the exceptional images. */
  readonly ownImages?: OwnImages;
  /** Patches tried: designs and failures together. */
  readonly attempts: number;
  readonly failures: readonly FailureCount[];
  /** Ranked: feasible ones first, then by objective value. */
  readonly designs: readonly DesignResult[];
  /** What to expect of the best of some of its patches, by rising numbers of tries; absent where proposals are chosen instead of drawn. */
  readonly tries?: readonly BestOfTries[];
  /** Image i is the cell of `designs[i]`. */
  readonly cells: MicrostructureBatch;
}

/** The images that only one arm takes, compared with the exceptional ones. */
export interface OwnImages {
  readonly images: number;
  /** Squares of their critical regions that the arm took, and those of the case's own arm. */
  readonly patches: number;
  readonly patchesOfOutliers: number;
}

/** How many patches gave no design for one reason. */
export interface FailureCount {
  /** Stable kebab-case code such as `no-overlap`, `patch-too-small`, `no-branch`. */
  readonly reason: string;
  /** One sentence in plain words. */
  readonly message: string;
  readonly count: number;
}

/** One periodic cell and what its validation measured. */
export interface DesignResult {
  /** The `id` of its candidate in its arm. */
  readonly candidate: number;
  /** What it, or the design that it began with, was made of. */
  readonly source: DesignSource;
  /** The design of another arm that it began with. */
  readonly parent?: { readonly arm: string; readonly candidate: number };
  readonly volumeFraction: number;
  /** By the case's own test. */
  readonly measured: VirtualTestResult;
  /** By the periodic test, for comparison; absent when that is the case's own, or was not requested. */
  readonly periodic?: VirtualTestResult;
  /** By the case's own test at twice the resolution, each pixel as four: of the best design of an arm only. */
  readonly finer?: VirtualTestResult;
  /** The worst of the objective's directions, SI. */
  readonly objectiveValue: number;
  /** The first of `CaseResult.limits` at this design's own volume fraction. */
  readonly limit?: AttainedLimit;
  readonly constraints: readonly ConstraintCheck[];
  /** All constraints are satisfied. */
  readonly feasible: boolean;
  /** The objective value is better than the best image's, whether feasible or not. */
  readonly beatsDatabase: boolean;
  /** How it came about; of the best designs only, where the result is made for a report. */
  readonly strip?: DesignStrip;
}

/** What a design was made of. */
export type DesignSource = PatchSource | ImageSource | StartSource | PictureSource;

/** A whole image of the database. */
export interface ImageSource {
  readonly kind: 'image';
  /** Index of the image in the database. */
  readonly image: number;
  /** Family code of that image. */
  readonly family: number;
}

/** A start of a family that needs no image. */
export interface StartSource {
  readonly kind: 'start';
  readonly family: StartFamily;
  /** Counts the starts of the family from 0. */
  readonly number: number;
}

/** A PNG file that the case names. */
export interface PictureSource {
  readonly kind: 'picture';
  /** Index in `CaseOptimization.pictures`. */
  readonly number: number;
  /** Its path as the specification writes it. */
  readonly file: string;
}

/** A square of a database image. */
export interface PatchSource {
  readonly kind: 'patch';
  /** Index of the image in the database. */
  readonly image: number;
  /** Family code of that image. */
  readonly family: number;
  /** Index of its critical region in `CriticalRegions.places`. */
  readonly region: number;
  /** The patch does not frame that region: it is one of the same size elsewhere. */
  readonly borrowed: boolean;
  /** Threshold of the region relative to the map's maximum; absent of squares that contribute most. */
  readonly threshold?: number;
  /** The layer of that map, or the edge of its squares. */
  readonly layer: MapName;
  readonly patch: PatchPlace;
}

/** A square of the source image, pixels; it may wrap around the image's edges. */
export type PatchPlace = Square;

/** The four steps from image to design. Images of the source have its resolution, cells the design's. */
export interface DesignStrip {
  readonly image: Image2D<'binary'>;
  /** Absent where the patch frames no critical region. */
  readonly explanation?: StripExplanation;
  /** Skeleton of the whole source image. */
  readonly skeleton: Image2D<'binary'>;
  /** Skeleton of the cell, mirrored or redrawn, before thickening; absent where the construction draws none. */
  readonly cellSkeleton?: Image2D<'binary'>;
}

/** Why this patch. */
export interface StripExplanation {
  /** The layer whose feature maps were weighted, e.g. `last`, or the edge of the squares that contribute, `edge-24`. */
  readonly layer: MapName;
  /** Edge of the maps before upsampling, in their own pixels. */
  readonly nativeResolution: number;
  /** What the maps agree on. */
  readonly agreement: Image2D<'heat'>;
  /** The largest piece where all the maps reach the threshold, or the whole square. */
  readonly criticalRegion: Image2D<'binary'>;
}

/** A bound that no design can pass, over the white volume fraction. */
export interface PhysicalLimit {
  /** e.g. `rank-2 laminate`. */
  readonly name: string;
  /** The test for which it was derived; `any` holds for all. */
  readonly test: VirtualTestKind | 'any';
  /** What of x and y is bounded: the value itself in the worst direction, or a mean of both. */
  readonly bounds: 'worst-direction' | 'harmonic-mean' | 'arithmetic-mean';
  /** One sentence: when it holds and who showed it. */
  readonly condition: string;
  /** Increasing. */
  readonly volumeFractions: Float64Array;
  /** SI; entry i at `volumeFractions[i]`. */
  readonly values: Float64Array;
}

/** All solves of one stage together. */
export interface SolverSummary extends SolverStatistics {
  readonly stage: string;
  readonly test: VirtualTestKind;
  /** Images solved; `unknowns`, `iterations`, `residual` and `errorEstimate` are the largest over them. */
  readonly count: number;
}
