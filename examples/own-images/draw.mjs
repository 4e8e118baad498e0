/*
 * Draws 300 micrographs as a microscope might take them, and measures their labels. They are random microstructures of
 * XDesign's own generators, 128 × 128 pixels, of which 100 × 72 are cut out, so that they do not repeat. Each is blurred by
 * optics, exposed and lit unevenly, and has noise, dust and a scale bar. Six are out of focus, and in twelve the scale
 * bar is in the square in the middle. The labels are Young's moduli of what `own-images.xdesign` makes of the pictures.
 *
 * Run: node examples/own-images/draw.mjs
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { loadEngine } from '../../scripts/build/load-engine.mjs';

/** The modules of the engine that the functions of this file take as `engine`. */
export const modules = ['core/rng', 'fem/virtual-tests/run-virtual-test', 'grid/microstructure-batch', 'micrograph/make-images', 'microstructure/generate-microstructure'];

export const micrographs = Array.from({ length: 300 }, (_, i) => i);
export const [width, height] = [100, 72];
const seed = 16;
const fieldEdge = 128;

/** The images that micrographs are cut out of. */
const fields = {
  size: micrographs.length, resolution: fieldEdge, seed, fraction: { lower: 0.37, upper: 0.43 },
  shares: { particles: 0.25, fibers: 0.25, cells: 0.25, spinodal: 0.25 },
  particles: { radius: { lower: 0.02, upper: 0.05 }, aspect: { lower: 1, upper: 2.5 }, orientation: { lower: 0, upper: Math.PI }, overlap: 'allowed' },
  fibers: { length: { lower: 0.15, upper: 0.4 }, width: { lower: 0.03, upper: 0.045 }, orientation: { lower: 0, upper: Math.PI }, overlap: 'allowed' },
  cells: { kind: 'mixed', count: { lower: 30, upper: 70 } },
  spinodal: { density: 'mixed', wavenumber: { lower: 6, upper: 12 }, bandwidth: { lower: 0.1, upper: 0.3 }, synthesis: 'noise', waves: 1000 },
};

/** What `own-images.xdesign` says of its database, its materials and its test. */
export const databaseSettings = { resolution: 64, fit: 'resample', stride: 64, white: { kind: 'above', value: 'otsu' }, speckles: 5, seed: 1 };
const phases = {
  white: { name: 'SiliconCarbide', youngsModulus: 415e9, poissonRatio: 0.16 },
  black: { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.33 },
};
const testSettings = { kind: 'compression', plane: 'plane-stress' };

/** The name of a micrograph, as in the table of labels. */
export function nameOf(number) {
  return `${String(number + 1).padStart(3, '0')}.png`;
}

/** Whether a micrograph is in focus, and its scale bar where it belongs. */
export function isSound(number) {
  return !isUnfocused(number) && !isMisplaced(number);
}

const isUnfocused = (number) => number % 50 === 30;
const isMisplaced = (number) => number % 25 === 12;

/** The gray values of a micrograph, 0 to 255. */
export function drawMicrograph(engine, number) {
  const rng = engine.createRng(seed).fork(`micrographs/${number}`);
  const generated = engine.generateMicrostructure(engine.createRng(seed), fields, number);
  if (!generated.ok) throw new Error(generated.findings[0].message);
  const sharp = generated.value.image.data;
  const phase = blurred(withDust(sharp, rng.fork('dust')), isUnfocused(number) ? 2 : 0.8);

  const light = rng.fork('light');
  const [left, top] = [light.integer(fieldEdge - width + 1), light.integer(fieldEdge - height + 1)];
  const exposure = light.between(0.85, 1.1);
  const [shading, direction] = [light.between(0.06, 0.16), light.between(0, 2 * Math.PI)];
  const noise = rng.fork('noise');
  const values = Uint8Array.from({ length: width * height }, (_, p) => {
    const [x, y] = [p % width, Math.floor(p / width)];
    const lit = 1 + shading * (Math.cos(direction) * ((2 * x) / width - 1) + Math.sin(direction) * ((2 * y) / height - 1));
    const value = exposure * lit * (75 + 90 * phase[(top + y) * fieldEdge + left + x]) + 5 * noise.normal();
    return Math.min(250, Math.max(5, Math.round(value)));
  });
  drawScaleBar(values, isMisplaced(number) ? [58, 82] : [86, 98]);
  return { width, height, values };
}

/** Specks of the other phase, too small for microstructure. */
function withDust(data, rng) {
  const dusty = data.slice();
  for (let speck = 0; speck < 12; speck++) {
    const p = rng.integer(data.length);
    for (const pixel of [p, p + 1]) dusty[pixel % data.length] = 1 - data[pixel % data.length];
  }
  return dusty;
}

/** The periodic field smoothed by a Gaussian of this standard deviation, pixels. */
function blurred(data, deviation) {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const alongRows = (values) =>
    Float64Array.from(values, (_, p) => {
      const [row, column] = [Math.floor(p / fieldEdge), p % fieldEdge];
      return weights.reduce((total, weight, i) => total + weight * values[row * fieldEdge + ((column + i - reach + fieldEdge) % fieldEdge)], 0) / sum;
    });
  const transposed = (values) => values.map((_, p) => values[(p % fieldEdge) * fieldEdge + Math.floor(p / fieldEdge)]);
  return transposed(alongRows(transposed(alongRows(data))));
}

function drawScaleBar(values, [from, to]) {
  for (let y = 64; y < 67; y++) values.fill(255, y * width + from, y * width + to);
}

/** The image of a micrograph, as a database with `databaseSettings` has it. */
export function imageOfMicrograph(engine, picture, number) {
  const made = engine.makeImages(picture, nameOf(number), number, databaseSettings);
  if (!made.ok) throw new Error(made.findings[0].message);
  return engine.unpackImage({ resolution: databaseSettings.resolution, count: 1, packed: made.value.packed }, 0);
}

/** Measures the labels of an image, GPa. */
export function createLabeler(engine) {
  const tester = engine.createVirtualTester(databaseSettings.resolution, phases, testSettings);
  return (image) => {
    const { youngsModulus: { x, y } } = tester.run(image);
    return { x: x / 1e9, y: y / 1e9 };
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const engine = await loadEngine(modules);
  const folder = new URL('micrographs/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const labelOf = createLabeler(engine);
  const lines = micrographs.map((number) => {
    const picture = drawMicrograph(engine, number);
    const png = new PNG({ width, height });
    png.data = Buffer.from(picture.values);
    writeFileSync(new URL(nameOf(number), folder), PNG.sync.write(png, { colorType: 0, inputColorType: 0, inputHasAlpha: false, deflateLevel: 9 }));
    const { x, y } = labelOf(imageOfMicrograph(engine, picture, number));
    return `${nameOf(number)},${x.toFixed(4)},${y.toFixed(4)}`;
  });
  writeFileSync(new URL('labels.csv', import.meta.url), `${['name,Ex_GPa,Ey_GPa', ...lines].join('\n')}\n`);
}
