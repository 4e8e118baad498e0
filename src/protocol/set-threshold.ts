/* A threshold that is moved in a panel: the server edits the text of the open document and answers with what the panel shows then. */
import type { RunReference } from './runs';
import type { ViewResponse } from './views';
import type { HeatMapQuery } from './views/heat-map-view';
import type { WireFinding } from './vocabulary';

export interface SetThresholdParams extends RunReference {
  /** A threshold that the text has now, a share; one of the defaults if the text names none. */
  readonly from: number;
  /** The threshold in its place, rounded to whole percents. */
  readonly to: number;
  /** The heat map that the panel shows. */
  readonly query: HeatMapQuery;
}

export interface SetThresholdResponse {
  /** Why the text has not changed; empty when it has. */
  readonly findings: readonly WireFinding[];
  /** The heat map with the thresholds of the text as it is now. */
  readonly shown: ViewResponse<'heatMap'>;
}
