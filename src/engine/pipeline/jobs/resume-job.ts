/*
 * How a job that ended early goes on where it was: some inputs take what an earlier attempt emitted. What a job
 * gives follows from its input without that, which so names it across attempts.
 */
import type { JobName, JobTable } from './job-table';

type Resumption<N extends JobName> = (event: JobTable[N]['event']) => Partial<JobTable[N]['input']>;

/** The part of an input that an event gives, for jobs that can be resumed. */
const resumptions: { readonly [N in JobName]?: Resumption<N> } = {
  train: (event) => (event.kind === 'epoch' ? { resumeFrom: event.checkpoint } : {}),
  optimize: ({ state }) => (state ? { resumeFrom: state } : {}),
};

/** The input that goes on from an event of an earlier attempt; the input itself where the event gives nothing. */
export function resumedInput(name: JobName, input: object, event: unknown): object {
  const resumption = resumptions[name] as ((event: unknown) => object) | undefined;
  return resumption ? { ...input, ...resumption(event) } : input;
}

/** The input as it was before any attempt. */
export function originalInput(name: JobName, input: object): object {
  return Object.hasOwn(resumptions, name) ? Object.fromEntries(Object.entries(input).filter(([member]) => member !== 'resumeFrom')) : input;
}
