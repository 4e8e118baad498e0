/* All views, each with its query and its content, and the one edit that a view allows: setting a threshold. */
import type { Finding } from '#domain/finding';
import type { RunId } from '#domain/run-state';
import type { StagePlace } from '#domain/stages';
import type { CaseResultView } from './result';
import type { Gone, RunReference } from './runs';
import type { DatabaseQuery, DatabaseView, ScatterView } from './views/database-views';
import type { DesignQuery, DesignView, FileQuery, FileView, GalleryQuery, GalleryView, SkeletonQuery, SkeletonView } from './views/design-views';
import type { FileImagesQuery, FileImagesView } from './views/image-file-views';
import type { HeatMapQuery, HeatMapView, TrainingView } from './views/network-views';
import type { OptimizationStartQuery, OptimizationStartView, OptimizationView } from './views/optimization-views';

type NoQuery = Readonly<Record<never, never>>;

export interface ViewTable {
  readonly result: { readonly query: NoQuery; readonly content: CaseResultView };
  readonly gallery: { readonly query: GalleryQuery; readonly content: GalleryView };
  readonly design: { readonly query: DesignQuery; readonly content: DesignView };
  readonly file: { readonly query: FileQuery; readonly content: FileView };
  readonly heatMap: { readonly query: HeatMapQuery; readonly content: HeatMapView };
  readonly skeleton: { readonly query: SkeletonQuery; readonly content: SkeletonView };
  readonly scatter: { readonly query: NoQuery; readonly content: ScatterView };
  readonly database: { readonly query: DatabaseQuery; readonly content: DatabaseView };
  readonly fileImages: { readonly query: FileImagesQuery; readonly content: FileImagesView };
  readonly training: { readonly query: NoQuery; readonly content: TrainingView };
  readonly optimization: { readonly query: NoQuery; readonly content: OptimizationView };
  readonly optimizationStart: { readonly query: OptimizationStartQuery; readonly content: OptimizationStartView };
}

export type ViewName = keyof ViewTable;
export type ViewContent<N extends ViewName> = ViewTable[N]['content'];

/** A view and its query: `{ view: 'design', query: { arm: 'explained', rank: 1 } }`. */
export type ViewQuery<N extends ViewName = ViewName> = { [K in N]: { readonly view: K; readonly query: ViewTable[K]['query'] } }[N];

/** The parameters contain everything that the response depends on, so a restored panel can send them again. */
export type ViewParams<N extends ViewName = ViewName> = RunReference & ViewQuery<N>;

export type ViewResponse<N extends ViewName = ViewName> =
  | {
      readonly kind: 'view';
      /** The run that the values belong to; absent when they belong to no known run but to the settings of the file. */
      readonly run?: RunId;
      /** As in `ListResponse`. */
      readonly revision: number;
      /** The earliest stage whose value differs with the settings of the file; absent when all values are current. */
      readonly staleFrom?: StagePlace;
      /** The file has errors, so whether the values are current is unknown. */
      readonly broken?: true;
      /** A run of the file as it is now is in progress; these are values of an earlier one, which it will replace. */
      readonly underway?: true;
      /** The case is gone, or its whole file. */
      readonly gone?: Gone;
      /** Findings to show with the values, such as an error that may be large. */
      readonly findings?: readonly Finding[];
      readonly content: ViewContent<N>;
    }
  /** The value of this stage is not available yet. */
  | ({ readonly kind: 'waiting' } & StagePlace)
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] };

/* A threshold that is moved in a panel: the server edits the open document and responds with the changed heat map. */

export interface SetThresholdParams extends RunReference {
  /** A threshold that the file has now, a share; one of the defaults if the file names none. */
  readonly from: number;
  /** The threshold that replaces it, rounded to whole percents. */
  readonly to: number;
  /** The heat map that the panel shows. */
  readonly query: HeatMapQuery;
}

export interface SetThresholdResponse {
  /** Why the file has not changed; empty when it has. */
  readonly findings: readonly Finding[];
  /** The heat map with the thresholds of the file as it is now. */
  readonly shown: ViewResponse<'heatMap'>;
}
