/* All views: what is asked and what is drawn. One row a view. */
import type { RunId } from '#domain/run-state';
import type { StagePlace } from '#domain/stages';
import type { CaseResultView } from './result';
import type { Gone, RunReference } from './runs';
import type { DesignQuery, DesignView, FileQuery, FileView, GalleryQuery, GalleryView, SkeletonQuery, SkeletonView } from './views/design-view';
import type { HeatMapView, HeatMapQuery } from './views/heat-map-view';
import type { DatabaseView, DatabaseQuery, ScatterView } from './views/scatter-view';
import type { TrainingView } from './views/training-view';
import type { WireFinding } from './vocabulary';

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
  readonly training: { readonly query: NoQuery; readonly content: TrainingView };
}

export type ViewName = keyof ViewTable;
export type ViewContent<N extends ViewName> = ViewTable[N]['content'];

/** A view and what of it: `{ view: 'design', query: { arm: 'explained', rank: 1 } }`. */
export type ViewQuery<N extends ViewName = ViewName> = { [K in N]: { readonly view: K; readonly query: ViewTable[K]['query'] } }[N];

/** The query carries all that the response needs, so a panel that was restored asks again with what it kept. */
export type ViewParams<N extends ViewName = ViewName> = RunReference & ViewQuery<N>;

export type ViewResponse<N extends ViewName = ViewName> =
  | {
      readonly kind: 'view';
      /** Whose values these are; absent when they are of no run that is known, but of the text's own settings. */
      readonly run?: RunId;
      /** As in `ListResponse`. */
      readonly revision: number;
      /** The earliest stage that the text's settings would give another value for; absent when all still hold. */
      readonly staleFrom?: StagePlace;
      /** The text has errors: whether the values still belong to it cannot be told. */
      readonly broken?: true;
      /** A run of the text as it is now is going on: these are values of an earlier one, which it will replace. */
      readonly underway?: true;
      /** The case is gone, or its whole file. */
      readonly gone?: Gone;
      /** What must be shown beside the values, such as an error that may be large. */
      readonly findings?: readonly WireFinding[];
      readonly content: ViewContent<N>;
    }
  /** The value of this stage is not there yet. */
  | ({ readonly kind: 'waiting' } & StagePlace)
  | { readonly kind: 'refused'; readonly findings: readonly WireFinding[] };
