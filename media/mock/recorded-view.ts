import type { ViewResponse, ViewQuery } from '#protocol/views';

/** A query and the response of the server. */
export interface RecordedView {
  readonly query: ViewQuery;
  readonly response: ViewResponse;
}
