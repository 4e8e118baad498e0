import { trainInTeam, type Executor, type JobName, type JobTable } from '#engine/api';

/** Runs a job of an executor without shared memory on one that has it: a training on as many of its threads as it can use. */
export function runWhole(executor: Executor, name: JobName, input: unknown, onEvent: (event: unknown) => void): Promise<unknown> {
  return name === 'train' ? trainInTeam(executor, input as JobTable['train']['input'], onEvent) : executor.run(name, input as never, { onEvent });
}
