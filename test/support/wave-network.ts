/* Networks and images by the closed formulas of test/golden/learning/torch_reference.py. */
import { imageOf } from '#engine/grid/image-2d';
import { packImages } from '#engine/grid/microstructure-batch';
import { layoutOf, planOf, type ParameterLayout } from '#engine/learning/network-plan';
import { torchTensors } from '#engine/learning/torch-weights';
import { encodeSafetensors } from '#runner/weights/safetensors';

/** Entries of array number `array`. */
export function waveNumbers(count: number, array: number, base: number, amplitude: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => base + amplitude * Math.sin(1.3 * array + ((i * i + 7 * i) % 1013)));
}

/** All arrays of a network. */
export function waveWeights(layout: ParameterLayout): { parameters: Float32Array; statistics: Float32Array } {
  const parameters = new Float32Array(layout.parameterCount);
  layout.parameters.forEach(({ offset, size, shape, role }, a) => {
    const amplitude = role === 'convolution' ? Math.sqrt(2 / (shape[0]! * shape[1]! * shape[3]!)) : 0.1;
    parameters.set(waveNumbers(size, a, role === 'normalization-scale' ? 1 : 0, amplitude), offset);
  });
  const statistics = new Float32Array(layout.statisticsCount);
  layout.statistics.forEach(({ channels, meanOffset, varianceOffset }, s) => {
    statistics.set(waveNumbers(channels, 2 * s, 0, 0.1), meanOffset);
    statistics.set(waveNumbers(channels, 2 * s + 1, 1, 0.1), varianceOffset);
  });
  return { parameters, statistics };
}

/** The compact network as a file. */
export function waveNetworkFile(): Uint8Array {
  return encodeSafetensors(torchTensors('compact', waveWeights(layoutOf(planOf('compact')))), { format: 'pt' });
}

/** Pixels along an edge of the images. */
export const waveEdge = 64;
export const waveImages = packImages(
  Array.from({ length: 4 }, (_, k) =>
    imageOf('binary', waveEdge, waveEdge, Uint8Array.from({ length: waveEdge * waveEdge }, (_, p) =>
      Math.sin(0.37 * Math.floor(p / waveEdge) + 0.11 * k) + Math.cos(0.23 * (p % waveEdge) * (k + 1)) > 0.3 ? 1 : 0,
    )),
  ),
  waveEdge,
);
