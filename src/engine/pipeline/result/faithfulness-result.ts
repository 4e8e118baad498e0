/* What the examination of maps found, as part of a case's result: numbers and no judgment. */
import type { MapName } from '#domain/explanation';
import type { Direction } from '#domain/objective';
import type { ControlRanking } from '#engine/validation/control-maps';
import type { FaithfulnessMeasure, FaithfulnessSubject } from '#engine/validation/faithfulness';
import type { StabilityMeasure } from '#engine/validation/map-measures';
import type { PerturbationSummary } from '#engine/validation/perturbation';

/** What the examination of some exceptional images says of all maps. */
export interface FaithfulnessResult {
  /** Indices of the examined images in the database. */
  readonly images: Int32Array;
  /** One entry per layer, or edge of squares, and direction. */
  readonly maps: readonly MapFaithfulness[];
  /** One entry per layer or edge of squares, over its directions. */
  readonly layers: readonly LayerFaithfulness[];
  /** One entry per layer or edge of squares, then one for the ranking that the finite elements themselves give (`exact`). */
  readonly perturbation: readonly PerturbationResult[];
  /** Parts of the network in the order in which they were re-randomized, e.g. `fc`, `layer3`, …, `conv1`; none without a network. */
  readonly parts: readonly string[];
}

/** Mean over the examined images; NaN when there is none. */
export interface ImageMean {
  readonly mean: number;
  /** Standard deviation over images, NaN below two. */
  readonly deviation: number;
  readonly count: number;
}

/** Maps of one layer, or of squares of one edge, in one direction. */
export interface MapFaithfulness {
  readonly layer: MapName;
  readonly direction: Direction;
  /** Edge of the maps in their own pixels. */
  readonly nativeResolution: number;
  /** All explained images, and how many of their maps are zero or negative everywhere. */
  readonly evidence: { readonly images: number; readonly none: number };
  /** Rank correlations in [−1, 1] with what each pixel contributes to the property (see `faithfulness`); of no image where the maps are these contributions. */
  readonly correlation: ImageMean;
  readonly partialCorrelation: ImageMean;
  /** Size of the rank correlation with the map of the network whose parts 0 … p were re-randomized; one entry per part. */
  readonly randomized: readonly ImageMean[];
}

/** Maps of one layer, or of squares of one edge: each image counts once, with the mean of its directions. */
export interface LayerFaithfulness {
  readonly layer: MapName;
  readonly nativeResolution: number;
  /** Of the maps, of the same maps elsewhere, and of the controls: how they agree with the exact contributions; of maps that are these contributions only the Gini index. */
  readonly agreement: Readonly<Record<FaithfulnessSubject, Readonly<Record<FaithfulnessMeasure, ImageMean>>>>;
  /** Of the images whose stability was examined. */
  readonly stability: Readonly<Record<StabilityMeasure, ImageMean>>;
  /** Relative rise of the entropy of the maps' histogram once all weights are random; absent without a network. */
  readonly entropyRise?: ImageMean;
}

/** Deletion and insertion by both measures; a measure is absent where replaced images are no worse. */
export interface MeasuredPerturbation {
  readonly finiteElements?: PerturbationSummary;
  /** Absent also without a network. */
  readonly network?: PerturbationSummary;
}

/** Deletion and insertion of regions in the order of one ranking. */
export interface PerturbationResult extends MeasuredPerturbation {
  readonly ranking: MapName | 'exact';
  /** With squares that are filled from their surroundings instead of a donor's; of layers only. */
  readonly surroundings?: MeasuredPerturbation;
  /** Rankings that know nothing, against the same chance as the layer's own; of layers only. */
  readonly controls?: Readonly<Record<ControlRanking, MeasuredPerturbation>>;
}
