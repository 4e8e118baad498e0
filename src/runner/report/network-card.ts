/* What the files of trained networks hold and how they came about, for programs that load them. */
import { planOf } from '#domain/networks';
import { type CaseResult } from '#engine/api';
import type { ReportProvenance } from './manifest';

/** Raised when a reader of the card would have to change. */
const cardVersion = 1;

/** A file of a network; entry i of a list belongs to network i of the learning. */
export interface NetworkFile {
  readonly name: string;
  readonly sha256: string;
}

/** The card's text: JSON, SI units. `key` is the content address of the training in the store. */
export function networkCard(
  { name, database, learning: settings, start }: CaseResult['problem'],
  learning: CaseResult['learning'],
  files: readonly NetworkFile[],
  { versions }: ReportProvenance,
  key: string | undefined,
): string {
  const { split } = learning;
  const card = {
    card: cardVersion,
    case: name,
    architecture: planOf(learning.network),
    input: {
      resolution: database.resolution,
      white: 0.5,
      black: -0.5,
      note: 'Row 0 is the top edge. Channels of a position are its spaceToDepth × spaceToDepth pixels, row by row (pixel_unshuffle of PyTorch).',
    },
    networks: learning.networks.map(({ serves, outputs, bestEpoch, curve, parameters }, i) => ({
      file: files[i]!.name,
      sha256: files[i]!.sha256,
      parameterCount: parameters.length,
      directions: serves.map((direction) => ({ direction, view: serves.length === 2 && direction === 'y' ? 'anti-transposed' : 'as it is' })),
      outputs,
      epochs: curve.length,
      bestEpoch,
    })),
    prediction: 'property = mean + deviation × output, SI, output i of the linear layer for entry i of outputs; the anti-transposed image is reflected at the line y = x.',
    quality: [...learning.quality, ...learning.otherQuality].map(({ property, direction, r2, mse }) => ({ property, direction, r2, mse })),
    training: settings,
    start,
    seed: database.seed,
    split: { training: split.training.length, validation: Array.from(split.validation), holdOut: Array.from(split.holdOut) },
    backend: learning.backend,
    versions,
    ...(key === undefined ? {} : { key }),
  };
  return `${JSON.stringify(card, null, 2)}\n`;
}
