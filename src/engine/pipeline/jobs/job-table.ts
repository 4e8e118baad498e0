/* All kinds of jobs, by name. */
import type { JobContext } from './job-context';
import { constructJob } from './construct-job';
import { examineJob } from './examine-job';
import { explainJob } from './explain-job';
import { generateJob } from './generate-job';
import { mapsJob } from './maps-job';
import { optimizeJob } from './optimize-job';
import { solveJob } from './solve-job';
import { trainJob } from './train-job';

/** The function of each job. Inputs, events and outputs are plain data that can be sent as bytes. */
export const jobFunctions = {
  construct: constructJob,
  examine: examineJob,
  explain: explainJob,
  generate: generateJob,
  maps: mapsJob,
  optimize: optimizeJob,
  solve: solveJob,
  train: trainJob,
} as const;

export type JobName = keyof typeof jobFunctions;

type JobFunction<Input, Event, Output> = (context: JobContext<Event>, input: Input) => Promise<Output>;

/** The input of each job, the events that it emits while it runs, and its output. */
export type JobTable = {
  readonly [N in JobName]: (typeof jobFunctions)[N] extends JobFunction<infer Input, infer Event, infer Output>
    ? { readonly input: Input; readonly event: Event; readonly output: Output }
    : never;
};
