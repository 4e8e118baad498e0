import { success } from '#domain/finding';
import type { Direction } from '#domain/objective';
import { assembleLearning, keyOfStage, trainingSoFar } from '#engine/api';
import { packColumn } from '#protocol/packed';
import type { TrainingCurve, TrainingOutcome } from '#protocol/views/network-views';
import { view } from './view';
import { wireObjective } from './wire';

/** How the network learned, or learns: until it has, what the last epoch left in its checkpoint. */
export const trainingView = view<'training', never>([], (_values, _query, { stored, store }) => {
  const { problem, keys } = stored;
  const { network, epochs, directions } = problem.learning;
  const about = { objective: wireObjective(problem, stored.read('tests')), network, epochs };
  const learned = stored.read('learned');
  if (!learned) {
    const serves = (i: number): readonly Direction[] => (directions === 'shared' ? ['x', 'y'] : [(['x', 'y'] as const)[i]!]);
    const fits = trainingSoFar(store, keyOfStage(keys, { stage: 'learn' })) ?? [];
    return success({ ...about, networks: fits.map(({ bestEpoch, curve }, i): TrainingCurve => ({ serves: serves(i), bestEpoch, epochs: curve })) });
  }
  const { backend, split, networks, quality } = assembleLearning(problem, learned, 0);
  const outcome: TrainingOutcome = {
    backend,
    parameterCount: networks[0]!.parameters.length,
    trainingCount: split.training.length,
    holdOutCount: split.holdOut.length,
    quality: quality.map(({ direction, r2, mse, images, measured, predicted }) => ({
      direction,
      r2,
      mse,
      images: packColumn('i32', images),
      measured: packColumn('f32', measured),
      predicted: packColumn('f32', predicted),
    })),
  };
  return success({ ...about, networks: networks.map(({ serves, bestEpoch, curve }): TrainingCurve => ({ serves, bestEpoch, epochs: curve })), outcome });
});
