/* Why an image is exceptional, as the network sees it. */
import type { ExplainMethod } from '#domain/explanation';
import type { LayerName } from '#domain/networks';
import type { Direction, Directional } from '#domain/objective';
import type { PackedColumn, PackedImages } from '../packed';
import type { PatchPlace } from '../vocabulary';

export interface HeatMapQuery {
  /** Index in the database: any image. */
  readonly image: number;
  /** The case's first by default. Maps that the run has not stored are computed when they are asked for. */
  readonly layer?: LayerName;
  /** The case's own by default. */
  readonly method?: ExplainMethod;
  /** Where regions are wanted; by default at the thresholds of the text as it is now, or those of the run if the text has none. */
  readonly thresholds?: readonly number[];
}

export interface HeatMapView {
  readonly index: number;
  readonly image: PackedImages;
  readonly outlier: boolean;
  /** The objective's property as the virtual test measured it. */
  readonly measured: Directional;
  readonly layer: LayerName;
  readonly method: ExplainMethod;
  /** Edge of the maps before upsampling, in their own pixels. */
  readonly nativeEdge: number;
  /** One a direction of the objective. */
  readonly maps: readonly DirectionMap[];
  /**
   * What the maps agree on, at most 1, a value a pixel: the critical region is the largest piece (pixels joined by
   * their edges) of where it reaches the threshold.
   */
  readonly agreement: PackedColumn<'f32'>;
  readonly intersection: 'binarized' | 'normalized';
  /** One per threshold, ascending. */
  readonly regions: readonly ThresholdRegion[];
}

/** The critical region at one threshold, and the patch around it, which becomes a quarter of the cell. */
export type ThresholdRegion = { readonly threshold: number } & (
  | { readonly kind: 'found'; readonly mask: PackedImages; readonly patch: PatchPlace }
  | { readonly kind: 'refused'; readonly reason: string; readonly message: string }
);

export interface DirectionMap {
  readonly direction: Direction;
  /** `nativeEdge`² values, row-major from the top, before the rectifier: what is below 0 speaks against. */
  readonly native: PackedColumn<'f32'>;
  /** Rectified, upsampled to the image and scaled to maximum 1. */
  readonly smooth: PackedColumn<'f32'>;
  /** The property that the network predicts, SI; absent for maps of the store, which do not keep it. */
  readonly predicted?: number;
  /** How far the map shows what the finite elements know; absent for images that the run has not examined. */
  readonly faithfulness?: MapFaithfulness;
}

/** Rank correlations in [−1, 1] of the map with the exact contribution of each of its pixels; null without contrast. */
export interface MapFaithfulness {
  readonly correlation: number | null;
  /** Of what each pixel's share of white alone does not tell. */
  readonly partialCorrelation: number | null;
}
