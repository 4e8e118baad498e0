import type { HeatMapPlace } from '#protocol/panel-messages';
import type { HeatMapQuery } from '#protocol/views/network-views';

export type Place = HeatMapPlace;

/** The view of a place: it has the regions of all thresholds of the text. */
export function queryOf({ threshold: _threshold, ...query }: Place): HeatMapQuery {
  return query;
}
