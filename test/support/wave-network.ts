/* Networks and images by the closed formulas of test/golden/learning/torch_networks.py. */
import { planOf } from '#domain/networks';
import { layoutOf, type ParameterLayout } from '#engine/learning/network/parameter-layout';
import { imageOf } from '#engine/grid/image-2d';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { torchTensors } from '#engine/learning/training/torch-weights';
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
  return encodeSafetensors(torchTensors('compact', 1, waveWeights(layoutOf(planOf('compact')))), { format: 'pt' });
}

/** Pixels along an edge of the images. */
export const waveEdge = 64;
export const waveImages = drawWaveImages(4, waveEdge);

/** Images of any size. */
export function drawWaveImages(count: number, edge: number): MicrostructureBatch {
  return packImages(
    Array.from({ length: count }, (_, k) =>
      imageOf('binary', edge, edge, Uint8Array.from({ length: edge * edge }, (_, p) =>
        Math.sin(0.37 * Math.floor(p / edge) + 0.11 * k) + Math.cos(0.23 * (p % edge) * (k + 1)) > 0.3 ? 1 : 0,
      )),
    ),
    edge,
  );
}

/** Euclidean norm, and the sum against a fixed wave, which shows where in the array the numbers are. */
export function digest(values: Float32Array): readonly [number, number] {
  let squares = 0;
  let wave = 0;
  values.forEach((value, i) => {
    squares += value * value;
    wave += value * Math.sin(0.9 * i);
  });
  return [Math.sqrt(squares), wave];
}
