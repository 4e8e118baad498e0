/* The weights of another case from which the training of a case starts. */
import type { RunExecutor } from './jobs/thread-executor';
import type { CaseOverrides, DesignCase } from '#domain/case';
import { success, type Result } from '#domain/finding';
import { trainCase, type PretrainedWeights } from '#engine/api';
import type { FilePath } from '#language/specification/specification';
import { caseFiles } from './case-files';
import { refuseWorkers } from './estimate/refuse-memory';
import type { ImageLibrary } from './images/image-library';
import { createStageClock, type RunListener } from './stage-clock';
import type { RunStore } from './store/store';
import { resolveCase, type RunFiles } from './weights/pretrained-file';

/** What running a case takes. */
export interface CaseTools {
  readonly overrides: CaseOverrides;
  readonly files: RunFiles;
  /** The images of databases of files. */
  readonly library: ImageLibrary;
  readonly store: RunStore;
  readonly executor: RunExecutor;
  readonly listener: RunListener;
}

/**
 * Runs the other case as far as its network, which most often is in the store; undefined when the case starts
 * from random weights or from a file. Fails with the findings of that case.
 */
export async function pretrainedFor({ name, start }: DesignCase<FilePath>, tools: CaseTools): Promise<Result<PretrainedWeights | undefined>> {
  if (start.kind !== 'case') return success(undefined);
  const { overrides, files, library, store, executor, listener } = tools;
  const problem = resolveCase(start.case, overrides, files);
  const refused = refuseWorkers(problem, executor.concurrency, executor.memory, false);
  if (refused) return { ok: false, findings: [refused] };
  const pretrained = await pretrainedFor(start.case, tools);
  if (!pretrained.ok) return pretrained;

  listener.onCase(`${start.case.name}, from whose network ${name} starts`);
  const clock = createStageClock(store);
  return trainCase(problem, {
    store,
    executor,
    signal: executor.signal,
    files: caseFiles(files, library),
    onStage(event) {
      clock.onStage(event);
      listener.onStage(event);
    },
  }, pretrained.value);
}
