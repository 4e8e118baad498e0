/*
 * What the editor and the inside of a panel say to each other: plain data, so that a panel runs in any
 * browser whose page answers like an editor. The panel speaks first (`ready`), the editor answers `show`.
 */
import type { PreviewResponse } from './preview';
import type { RunChanged, RunReference } from './runs';
import type { ViewResponse, ViewQuery } from './views';
import type { ComputedFormat, DesignQuery, SkeletonQuery } from './views/design-view';
import type { HeatMapQuery } from './views/heat-map-view';

export const panelNames = ['design', 'heatMap', 'skeleton', 'database', 'training'] as const;
export type PanelName = (typeof panelNames)[number];

/** What each panel shows of a run. */
export interface PanelPlaces {
  /** The gallery, and one design large. */
  readonly design: DesignQuery;
  readonly heatMap: HeatMapPlace;
  readonly skeleton: SkeletonQuery;
  readonly database: Readonly<Record<never, never>>;
  readonly training: Readonly<Record<never, never>>;
}

/** One threshold is looked at, by its value; that of the text which is nearest. */
export type HeatMapPlace = Omit<HeatMapQuery, 'thresholds'> & { readonly threshold?: number };

/**
 * What a panel needs to come back after the window was reloaded. The panel keeps it with the editor's
 * `setState` after each `show` and whenever the user goes elsewhere in it; it may keep more beside it.
 */
export interface PanelState<P extends PanelName = PanelName> {
  readonly target: RunReference;
  /** Absent: the best design, the best image. */
  readonly place?: PanelPlaces[P];
}

/** What a design can be saved as: what the panel draws from its pixels, and what the engine computes. */
export const drawnFormats = ['png', 'svg', 'stl'] as const;
export type DrawnFormat = (typeof drawnFormats)[number];

/** A panel and what it shall show. */
export type PanelLink = { readonly [P in PanelName]: { readonly panel: P; readonly place?: PanelPlaces[P] } }[PanelName];

/** From the editor to a panel. */
export type ToPanelMessage =
  /** Show this, instead of what is shown. */
  | { readonly type: 'show'; readonly state: PanelState }
  /** To the query of the same id. */
  | { readonly type: 'response'; readonly id: number; readonly response: ViewResponse }
  /** The query of the same id could not be asked: no server. A `changed` or `stale` follows when there is one. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  /** A run of the panel's case goes on; what `waits` for a stage that is done now may be asked again. */
  | { readonly type: 'changed'; readonly change: RunChanged }
  /** Runs came or went, or the text changed what is stale: ask again. */
  | { readonly type: 'stale' }
  /** The text was typed in, and this is its version: previews of it can be asked for. Without a version it was closed. */
  | { readonly type: 'typed'; readonly version?: number }
  /** What the text, as it was typed, would give for the query of the same id. */
  | { readonly type: 'preview'; readonly id: number; readonly response: PreviewResponse };

/** From a panel to the editor. */
export type FromPanelMessage =
  /** The panel listens. */
  | { readonly type: 'ready' }
  /** A view of the panel's run; `id` is the panel's own count. */
  | { readonly type: 'query'; readonly id: number; readonly query: ViewQuery }
  /** What the text of that version would give for an image, or without one for that of the best design. */
  | { readonly type: 'preview'; readonly id: number; readonly version: number; readonly image?: number }
  /** Another panel of the same run. */
  | ({ readonly type: 'open' } & PanelLink)
  /** Write a threshold into the specification in the place of one that it has; the response to the id is the heat map of the text as it is then. */
  | { readonly type: 'setThreshold'; readonly id: number; readonly query: HeatMapQuery; readonly from: number; readonly to: number }
  /** Ask the user where, and save: `bytes`, base64, is the whole file as it was drawn. */
  | { readonly type: 'save'; readonly format: DrawnFormat; readonly arm: string; readonly rank: number; readonly bytes: string }
  /** Ask the user where, compute, and save. */
  | { readonly type: 'save'; readonly format: ComputedFormat; readonly arm: string; readonly rank: number }
  /** Something went wrong inside the panel: for the editor's log. */
  | { readonly type: 'trouble'; readonly message: string };
