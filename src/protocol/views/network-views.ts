/* The network of a case: how it was trained, and which pixels of an image matter, by the network or by the finite elements. */
import type { Contribution, ExplainMethod, MapName } from '#domain/explanation';
import type { Direction, Directional } from '#domain/objective';
import type { PackedColumn, PackedImages } from '../packed';
import type { PatchPlace } from '../vocabulary';
import type { ObjectiveView } from '../result';

export interface HeatMapQuery {
  /** Index in the database: any image. */
  readonly image: number;
  /** A layer, or the edge of squares whose exact contributions are shown; the first of the case by default. Maps that the run has not stored are computed when they are requested. */
  readonly layer?: MapName;
  /** The method of the case by default; exact contributions need no run. */
  readonly method?: ExplainMethod;
  /** The thresholds of the regions; by default those of the file as it is now, or those of the run if the file cannot be read. */
  readonly thresholds?: readonly number[];
}

export interface HeatMapView {
  readonly objective: ObjectiveView;
  /** Images of the database. */
  readonly count: number;
  readonly index: number;
  readonly image: PackedImages;
  /** Absent while the exceptional images are not selected. */
  readonly outlier?: boolean;
  /** The objective's property as the virtual test measured it. */
  readonly measured: Directional;
  readonly layer: MapName;
  readonly method: ExplainMethod;
  /** Of exact contributions: which ones. */
  readonly contribution?: Contribution;
  /** Whether the case trains a network, whose maps can be shown. */
  readonly hasNetwork: boolean;
  /** Edge of the maps before upsampling, in their own pixels. */
  readonly nativeEdge: number;
  /** One per direction of the objective. */
  readonly maps: readonly DirectionMap[];
  /**
   * What the maps agree on, one value of at most 1 per pixel: the critical region is the largest piece (pixels joined by
   * their edges) of where it reaches the threshold. Of exact contributions, the smallest of the directions.
   */
  readonly agreement: PackedColumn<'f32'>;
  /** Of activation maps. */
  readonly intersection?: 'binarized' | 'normalized';
  /** What the examination says of all maps of this layer, or of squares of this edge, in one sentence; absent where the run has not examined them. */
  readonly trust?: string;
  /** One per threshold, ascending; of exact contributions the squares that contribute most, the best first. */
  readonly regions: readonly MapRegion[];
}

/** The critical region at one threshold, or the square that contributes most, and the patch around it, which becomes a quarter of the cell. */
export type MapRegion = { readonly threshold?: number } & (
  | { readonly kind: 'found'; readonly mask: PackedImages; readonly patch: PatchPlace }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string }
);

export interface DirectionMap {
  readonly direction: Direction;
  /** `nativeEdge`² values, row-major from the top, before rectification: values below 0 count against the property. */
  readonly native: PackedColumn<'f32'>;
  /** Rectified, upsampled to the image and scaled to maximum 1. */
  readonly smooth: PackedColumn<'f32'>;
  /** Whether the map is positive anywhere; without evidence there is no region, and nothing to draw. */
  readonly evidence: boolean;
  /** The property that the network predicts, SI; absent for stored maps, which do not include it, and without a network. */
  readonly predicted?: number;
  /** How well the map agrees with the finite-element solution; absent for images that the run has not examined. */
  readonly faithfulness?: MapFaithfulness;
}

/** How the map agrees with the exact contribution of each of its positions; null without contrast. */
export interface MapFaithfulness {
  /** Rank correlation in [−1, 1]. */
  readonly correlation: number | null;
  /** With the effect of each pixel's share of white removed. */
  readonly partialCorrelation: number | null;
  /** Share of the map's relevance in the tenth of the positions that contribute most. */
  readonly relevanceMass: number | null;
}

export interface TrainingView {
  readonly objective: ObjectiveView;
  readonly network: string;
  /** The number of epochs that the case specifies. */
  readonly epochs: number;
  /** One for shared directions, else one per direction; only those whose training has started. */
  readonly networks: readonly TrainingCurve[];
  /** Present when the training is done. */
  readonly outcome?: TrainingOutcome;
}

export interface TrainingCurve {
  readonly serves: readonly Direction[];
  /** Counted from 1. */
  readonly bestEpoch: number;
  readonly epochs: readonly EpochView[];
}

export interface EpochView {
  readonly epoch: number;
  readonly trainLoss: number;
  /** Loss on the validation images; absent when the case has none. */
  readonly validationLoss?: number;
  readonly learningRate: number;
}

export interface TrainingOutcome {
  readonly backend: string;
  readonly parameterCount: number;
  readonly trainingCount: number;
  readonly holdOutCount: number;
  readonly quality: readonly ParityView[];
}

/** One direction of the hold-out. */
export interface ParityView {
  readonly direction: Direction;
  readonly r2: number;
  /** Of labels scaled to [0, 1]. */
  readonly mse: number;
  /** Index in the database of each image. */
  readonly images: PackedColumn<'i32'>;
  /** SI. */
  readonly measured: PackedColumn<'f32'>;
  readonly predicted: PackedColumn<'f32'>;
}
