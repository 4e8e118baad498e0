/* The weights that a case's training starts from: of a file, or trained by another case before. */
import type { CaseOverrides, DesignCase } from '#domain/case';
import { success, type Result } from '#domain/finding';
import { trainCase, type Executor, type CancellationSignal, type PretrainedWeights } from '#engine/api';
import type { WeightsPath } from '#language/specification';
import { machineMemory, refuseWorkers } from './estimate/refuse-memory';
import { createStageClock, type RunListener } from './stage-clock';
import type { RunStore } from './store/store';
import { resolveCase } from '#runner/weights/pretrained-file';
import { readPretrainedFile } from './weights/pretrained-file';

/** What running a case takes. */
export interface CaseTools {
  readonly overrides: CaseOverrides;
  readonly workers: number;
  readonly store: RunStore;
  readonly executor: Executor & { readonly signal: CancellationSignal };
  readonly listener: RunListener;
}

/**
 * Reads the file, or runs the other case as far as its network, which most often is in the store;
 * undefined when the weights are random. Fails with the findings of the file or of that case.
 */
export async function pretrainedFor({ name, start, learning }: DesignCase<WeightsPath>, tools: CaseTools): Promise<Result<PretrainedWeights | undefined>> {
  if (start.kind === 'random') return success(undefined);
  if (start.kind === 'file') return readPretrainedFile(start, learning.network);
  const { overrides, workers, store, executor, listener } = tools;
  const problem = resolveCase(start.case, overrides);
  const refused = refuseWorkers(problem, workers, machineMemory());
  if (refused) return { ok: false, findings: [refused] };
  const pretrained = await pretrainedFor(start.case, tools);
  if (!pretrained.ok) return pretrained;

  listener.onCase(`${start.case.name}, from whose network ${name} starts`);
  const clock = createStageClock(store);
  return trainCase(problem, {
    store,
    executor,
    signal: executor.signal,
    ...(pretrained.value && { pretrained: pretrained.value }),
    onStage(event) {
      clock.onStage(event);
      listener.onStage(event);
    },
  });
}
