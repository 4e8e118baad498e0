/*
 * `npm run bench -- explain`: maps and critical regions of many exceptional images in both directions,
 * by the stage's own jobs on two worker threads. There is no peer: the floor is a time.
 *
 * Arguments: root of the project, folder of the bundles (both from scripts/bench.mjs), then options.
 */
import { parseArgs } from 'node:util';
import type { LayerName, NetworkKind } from '#domain/networks';
import { packImages, type MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { sliceImages } from '#engine/pipeline/gather-images';
import { explainChunk } from '#engine/pipeline/stages/explain';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { databaseImage } from './images';
import { median, table, type Outcome } from './outcome';
import { freshRegressor } from './fresh-regressor';

keepNumbersApart();

const resolution = 128;
const workers = 2;
/** Images, and seconds that they may take. */
const goal = { images: 2000, seconds: 180 };
const rounds = 3;

const [root, folder, ...words] = process.argv.slice(2) as [string, string, ...string[]];
const { values } = parseArgs({ args: words, options: { images: { type: 'string', default: String(goal.images) } } });
const count = Number(values.images);
if (!Number.isInteger(count) || count < 1) throw new Error(`--images ${values.images}: a whole number of at least 1 is expected`);

const executor = createThreadExecutor({
  workers,
  workerFile: `${folder}/worker.mjs`,
  tensorflowWasmPath: `${root}node_modules/@tensorflow/tfjs-backend-wasm/dist/`,
});

/** Seconds of one pass over the images; the first pass of a network also starts threads and compiles. */
async function secondsOfPass(network: NetworkKind, layers: readonly LayerName[], images: MicrostructureBatch): Promise<number> {
  const regressor = freshRegressor(network, resolution);
  const size = explainChunk.network;
  const chunks = Array.from({ length: Math.ceil(images.count / size) }, (_, c) => sliceImages(images, c * size, Math.min((c + 1) * size, images.count)));
  const start = performance.now();
  const results = await Promise.all(
    chunks.map((chunk) =>
      executor.run('explain', {
        images: chunk,
        source: { method: 'grad-ram', layers, regressor, backend: 'wasm' },
        objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] },
        settings: { method: 'grad-ram', layers, outlierShare: 0.1, thresholds: [0.3, 0.4, 0.5, 0.6, 0.7, 0.8], intersection: 'binarized' },
        smallestPatch: 12,
      }),
    ),
  );
  for (const result of results) if (!result.ok) throw new Error(result.findings.map(({ message }) => message).join('\n'));
  return (performance.now() - start) / 1000;
}

async function measure(network: NetworkKind, layers: readonly LayerName[], images: MicrostructureBatch): Promise<Outcome> {
  const seconds: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const taken = await secondsOfPass(network, layers, round === 0 ? sliceImages(images, 0, Math.min(images.count, workers * explainChunk.network)) : images);
    if (round > 0) seconds.push(taken);
  }
  const floor = (goal.seconds / goal.images) * images.count;
  return {
    work: `${images.count} images, both directions, ${network} at ${layers.join(' and ')}, six thresholds`,
    peer: '–',
    ours: `${median(seconds).toFixed(1)} s`,
    ratio: `${(images.count / median(seconds)).toFixed(1)} images/s`,
    floor: `${floor.toFixed(0)} s`,
    met: median(seconds) <= floor,
  };
}

try {
  const images = packImages(Array.from({ length: count }, (_, index) => databaseImage(resolution, index)), resolution);
  const outcomes = [
    await measure('compact', ['last', 'stage-1'], images),
    await measure('resnet18', ['last'], sliceImages(images, 0, Math.min(count, 128))),
  ];
  console.log(`${resolution} × ${resolution} pixels, ${workers} workers, wasm, medians of ${rounds} passes\n`);
  console.log(table(outcomes));
} finally {
  await executor.close();
}
