/* How the training went and how well it predicts, as tables for other programs. */
import type { CaseResult } from '#engine/api';
import { csvText } from './csv-text';

/** One row an epoch of each network; losses are mean squared errors of labels scaled to [0, 1]. */
export function trainingCsv({ learning }: CaseResult): string {
  const rows = learning.networks.flatMap(({ serves, curve, bestEpoch }) =>
    curve.map(({ epoch, learningRate, trainLoss, validationLoss }) => [serves.join(' '), epoch, learningRate, trainLoss, validationLoss, String(epoch === bestEpoch)]),
  );
  return csvText([['directions', 'epoch', 'learning_rate', 'training_loss', 'validation_loss', 'kept'], ...rows]);
}

/** One row a held-out image, property and direction. */
export function parityCsv({ learning }: CaseResult): string {
  const rows = [...learning.quality, ...learning.otherQuality].flatMap(({ property, direction, images, measured, predicted }) =>
    Array.from(images, (image, i) => [property, direction, image, measured[i]!, predicted[i]!]),
  );
  return csvText([['property', 'direction', 'image', 'measured_SI', 'predicted_SI'], ...rows]);
}
