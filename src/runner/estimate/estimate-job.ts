/* What a job will take: seconds of one core, as rough as the estimate of a run, whose constants these are. */
import type { PhasePair } from '#domain/materials';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import { suitsIterations, type JobName, type JobTable } from '#engine/api';
import { secondsOfOptimization } from './estimate-optimization';
import { contributionSeconds, explainSeconds, generateSeconds, solveSeconds, trainingThreads, trainSeconds } from './estimate-run';

/** Seconds of one core for a cell from the skeleton of a patch, or from its graph. */
const constructSeconds = 0.004;
/** Tests of an image whose maps are examined. */
const testsOfExamination = 40;

const estimates: { readonly [N in JobName]: (input: JobTable[N]['input']) => number } = {
  generate: ({ settings, from, to }) => (to - from) * generateSeconds * pixelsOf(settings.resolution),
  solve: ({ batch, phases, settings }) => batch.count * solveOne(batch.resolution, phases, settings),
  train: ({ dataset: { images }, settings }) => settings.epochs * images.count * (1 - settings.holdOut) * trainSeconds[settings.network] * trainingThreads * pixelsOf(images.resolution),
  explain: ({ images, source }) => images.count * mapSeconds(source) * pixelsOf(images.resolution),
  maps: ({ images, source }) => images.count * mapSeconds(source) * pixelsOf(images.resolution),
  examine: ({ images, phases, test }) => images.count * testsOfExamination * solveOne(images.resolution, phases, test),
  construct: ({ patches, images }) => patches.length * constructSeconds * pixelsOf(images.resolution),
  optimize: ({ problem, settings }) => secondsOfOptimization(problem, settings),
};

/** Seconds of one core that a job takes. */
export function secondsOfJob<N extends JobName>(name: N, input: JobTable[N]['input']): number {
  return (estimates[name] as (input: JobTable[N]['input']) => number)(input);
}

/** In units of 128 × 128. */
function pixelsOf(resolution: number): number {
  return (resolution / 128) ** 2;
}

function solveOne(resolution: number, phases: PhasePair, test: VirtualTestSettings): number {
  return (suitsIterations(resolution, phases, test) ? solveSeconds.iterations : solveSeconds[test.kind]) * pixelsOf(resolution);
}

/** By a network the slower of the two is meant, since its kind is inside the stored value: a shard too small costs less than one too large. */
function mapSeconds(source: { readonly method: string; readonly layers?: readonly unknown[] }): number {
  return source.method === 'exact' ? contributionSeconds : (source.layers?.length ?? 1) * explainSeconds.resnet18;
}
