/* What a run on a cluster would submit, by the estimate; nothing is submitted. */
import type { DesignCase } from '#domain/case';
import { databaseSize } from '#domain/image-files';
import { estimateRun } from '#runner/estimate/estimate-run';
import type { ClusterSettings } from './cluster-settings';
import { trainingCores } from './cluster-executor';
import { shardCount } from './cut-shards';
import type { QueueLimits } from './batch-queue';

/** A stage of a case. */
export interface PlannedStage {
  /** Its name and that of its arm. */
  readonly stage: string;
  /** Tasks; 0 where the submitting machine computes it. */
  readonly shards: number;
  /** Arrays that these tasks take. */
  readonly arrays: number;
  readonly cores: number;
  readonly coreSeconds: number;
  /** Of one task. */
  readonly taskSeconds: number;
}

export interface RunPlan {
  readonly stages: readonly PlannedStage[];
  readonly coreSeconds: number;
  /** From the first task to the last with so many tasks at the same time and no other wait in the queue. */
  readonly seconds: number;
  readonly tasksAtOnce: number;
  /** Of one task. */
  readonly memoryBytes: number;
  /** Of the run folder, and of the waves at their largest. */
  readonly diskBytes: number;
  readonly waveBytes: number;
}

/** The plan of a case with these settings; without a throttle for as many tasks as it has. */
export function planRun(planned: DesignCase<unknown>, settings: ClusterSettings, { arraySize }: Pick<QueueLimits, 'arraySize'>): RunPlan {
  const alone = estimateRun(planned, 1);
  const trainingSeconds = estimateRun(planned, trainingCores).stages.get('learn') ?? 0;
  const stages = [...alone.stages].filter(([, seconds]) => seconds > 0).map(([stage, coreSeconds]): PlannedStage => {
    if (coreSeconds <= 60 * settings.localMinutes) return { stage, shards: 0, arrays: 0, cores: 1, coreSeconds, taskSeconds: coreSeconds };
    if (stage === 'learn') return { stage, shards: 1, arrays: 1, cores: trainingCores, coreSeconds, taskSeconds: trainingSeconds };
    const shards = shardCount(coreSeconds, 60 * settings.shardMinutes * settings.cores);
    return { stage, shards, arrays: Math.ceil(shards / arraySize), cores: settings.cores, coreSeconds, taskSeconds: coreSeconds / shards / settings.cores };
  });
  const tasksAtOnce = settings.throttle ?? Math.max(1, ...stages.map(({ shards }) => shards));
  const { database } = planned;
  const imageBytes = database.resolution ** 2 / 8 + bytesOfTest;
  return {
    stages,
    coreSeconds: stages.reduce((sum, stage) => sum + stage.coreSeconds, 0),
    seconds: stages.reduce((sum, { shards, taskSeconds }) => sum + Math.max(1, Math.ceil(shards / tasksAtOnce)) * taskSeconds, 0),
    tasksAtOnce,
    memoryBytes: alone.memoryBytes + programBytes,
    diskBytes: alone.diskBytes,
    // The orders of the tests have the images, the results their numbers; a wave is removed when the run ends.
    waveBytes: 2 * databaseSize(database) * imageBytes,
  };
}

/** Of the numbers that a test leaves of an image. */
const bytesOfTest = 200;
/** What Node.js and the program take besides the tests. */
const programBytes = 150e6;
