/* Losses of one training over its epochs. */
import type { TrainedNetwork } from '#engine/api';
import { counted } from '#display/numbers';
import { cloud, curve, logAxis, plotArea, rangeOf, valueAxis } from './chart-parts';
import { mainColor, inkColor, limitColor } from './palette';
import type { Chart } from './render-chart';

export function learningCurve({ curve: epochs, bestEpoch, serves }: TrainedNetwork, id: string): Chart {
  const train = epochs.map(({ epoch, trainLoss }) => [epoch, trainLoss] as const);
  const validation = epochs.flatMap(({ epoch, validationLoss }) => (validationLoss === undefined ? [] : [[epoch, validationLoss] as const]));
  // A logarithm has no place for a loss of zero, which only constant labels give.
  const losses = [...train, ...validation].map(([, loss]) => loss).filter((loss) => loss > 0);
  const range = rangeOf(losses.length > 0 ? losses : [0.1, 1], 0);
  const last = epochs.at(-1)?.epoch ?? 1;
  const kept = (validation.length > 0 ? validation : train).filter(([epoch]) => epoch === bestEpoch);
  return {
    id,
    label: `Training${validation.length > 0 ? ' and validation' : ''} loss over ${counted(epochs.length, 'epoch')} of the network for ${serves.join(' and ')}`,
    width: 360,
    height: 340,
    option: {
      grid: plotArea(68, 18, 16, 50),
      xAxis: valueAxis('epoch', { min: 0, max: Math.max(last, 6) }, 30),
      yAxis: logAxis('mean squared error', range, 50),
      series: [
        curve(train, limitColor, { dashed: true, width: 1.8 }),
        curve(validation, mainColor, { width: 2.2 }),
        ...(epochs.length === 1 ? [cloud(train, limitColor, 7, 1)] : []),
        cloud(kept, inkColor, 11, 1),
        cloud(kept, mainColor, 7, 1),
      ],
    },
  };
}
