import type { ViewAnswer, ViewQuery } from '#protocol/views';

/** A question and what the server answered. */
export interface RecordedView {
  readonly question: ViewQuery;
  readonly answer: ViewAnswer;
}
