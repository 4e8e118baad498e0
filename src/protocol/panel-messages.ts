/*
 * The messages between the editor and a panel: plain data, so that a panel runs in any browser whose page
 * responds like an editor. The panel sends the first message (`ready`), the editor responds with `show`.
 */
import type { PreviewResponse } from './preview';
import type { RunChanged, RunReference } from './runs';
import type { ViewQuery, ViewResponse } from './views';
import type { ComputedFormat, DesignQuery, SkeletonQuery } from './views/design-views';
import type { HeatMapQuery } from './views/network-views';
import type { OptimizationStartQuery } from './views/optimization-views';

export const panelNames = ['design', 'heatMap', 'skeleton', 'database', 'training', 'optimization'] as const;
export type PanelName = (typeof panelNames)[number];

/** What each panel shows of a run. */
export interface PanelPlaces {
  /** The gallery, and one design large. */
  readonly design: DesignQuery;
  readonly heatMap: HeatMapPlace;
  readonly skeleton: SkeletonQuery;
  readonly database: Readonly<Record<never, never>>;
  readonly training: Readonly<Record<never, never>>;
  readonly optimization: OptimizationPlace;
}

/** Without a run: one that is running, of a complete case the best one. */
export interface OptimizationPlace {
  readonly run?: OptimizationStartQuery;
}

/** One threshold is shown: the threshold of the file that is closest to this value. */
export type HeatMapPlace = Omit<HeatMapQuery, 'thresholds'> & { readonly threshold?: number };

/**
 * What a panel needs to be restored after the window was reloaded. The panel stores it with the editor's
 * `setState` after each `show` and whenever the user navigates in it; it may store more besides.
 */
export interface PanelState<P extends PanelName = PanelName> {
  readonly target: RunReference;
  /** Absent: the best design, the best image. */
  readonly place?: PanelPlaces[P];
}

/** Formats that a panel makes from the pixels of a design; the engine computes the others (`computedFormats`). */
export const drawnFormats = ['png', 'svg', 'stl'] as const;
export type DrawnFormat = (typeof drawnFormats)[number];

/** A panel and the item that it shows. */
export type PanelLink = { readonly [P in PanelName]: { readonly panel: P; readonly place?: PanelPlaces[P] } }[PanelName];

/** From the editor to a panel. */
export type ToPanelMessage =
  /** Show this instead of the current item. */
  | { readonly type: 'show'; readonly state: PanelState }
  /** The response to the query of the same id. */
  | { readonly type: 'response'; readonly id: number; readonly response: ViewResponse }
  /** The query of the same id could not be sent: there is no server. A `changed` or `stale` follows when there is one. */
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  /** A run of the panel's case has progressed; a view that was `waiting` for a stage may be requested again. */
  | { readonly type: 'changed'; readonly change: RunChanged }
  /** Runs were added or removed, or a change of the file made values stale or current: request the views again. */
  | { readonly type: 'stale' }
  /** The file was edited and has this version: previews of it can be requested. Without a version it was closed. */
  | { readonly type: 'typed'; readonly version?: number }
  /** The preview of the edited file that was requested with this id. */
  | { readonly type: 'preview'; readonly id: number; readonly response: PreviewResponse };

/** From a panel to the editor. */
export type FromPanelMessage =
  /** The panel is ready to receive messages. */
  | { readonly type: 'ready' }
  /** A view of the panel's run; the panel counts `id` itself. */
  | { readonly type: 'query'; readonly id: number; readonly query: ViewQuery }
  /** Requests a preview of the file in that version for an image, by default that of the best design. */
  | { readonly type: 'preview'; readonly id: number; readonly version: number; readonly image?: number }
  /** Another panel of the same run. */
  | ({ readonly type: 'open' } & PanelLink)
  /** Writes a threshold into the specification in place of another one; the response is the heat map of the file as it is then. */
  | { readonly type: 'setThreshold'; readonly id: number; readonly query: HeatMapQuery; readonly from: number; readonly to: number }
  /** Requests a path from the user and saves: `bytes`, base64, is the whole file. */
  | { readonly type: 'save'; readonly format: DrawnFormat; readonly arm: string; readonly rank: number; readonly bytes: string }
  /** Requests a path from the user, computes the file and saves it. */
  | { readonly type: 'save'; readonly format: ComputedFormat; readonly arm: string; readonly rank: number }
  /** Lets the user choose data of the run, a format and a path, and writes the files. */
  | { readonly type: 'exportData' }
  /** An error inside the panel, for the editor's log. */
  | { readonly type: 'error'; readonly message: string };

/**
 * The content security policy of a panel's page, in the editor and in a plain browser: scripts with the page's
 * nonce; styles, images and fonts from `source`, where the bundles come from; nothing else.
 */
export function panelPolicy(source: string, nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `img-src ${source} data: blob:`,
    `font-src ${source}`,
  ].join('; ');
}
