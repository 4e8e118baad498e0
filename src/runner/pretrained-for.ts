/* The weights that a case's training starts from: of a file, or trained by another case before. */
import { success, trainCase, type Executor, type CancellationSignal, type PretrainedWeights, type Result } from '#engine/api';
import type { CaseSpecification } from '#language/specification';
import { machineMemory, refuseWorkers } from './refuse-memory';
import type { RunListener } from './run-listener';
import { createStageClock } from './stage-clock';
import type { RunStore } from './store/store';
import { toDesignProblem, type RunOverrides } from './to-design-problem';
import { readPretrainedFile } from './weights/pretrained-file';

/** What running a case takes. */
export interface CaseTools {
  readonly overrides: RunOverrides;
  readonly workers: number;
  readonly store: RunStore;
  readonly executor: Executor & { readonly signal: CancellationSignal };
  readonly listener: RunListener;
}

/**
 * Reads the file, or runs the other case as far as its network, which most often is in the store;
 * undefined when the weights are random. Fails with the findings of the file or of that case.
 */
export async function pretrainedFor({ name, start, learning }: CaseSpecification, tools: CaseTools): Promise<Result<PretrainedWeights | undefined>> {
  if (start.kind === 'random') return success(undefined);
  if (start.kind === 'file') return readPretrainedFile(start, learning.network);
  const { overrides, workers, store, executor, listener } = tools;
  const problem = toDesignProblem(start.specification, overrides);
  const refused = refuseWorkers(problem, workers, machineMemory());
  if (refused) return { ok: false, findings: [refused] };
  const pretrained = await pretrainedFor(start.specification, tools);
  if (!pretrained.ok) return pretrained;

  listener.onCase(`${start.name}, from whose network ${name} starts`);
  const clock = createStageClock(store);
  return trainCase(problem, {
    store,
    executor,
    signal: executor.signal,
    ...(pretrained.value && { pretrained: pretrained.value }),
    onStage(event) {
      clock.hear(event);
      listener.onStage(event);
    },
  });
}
