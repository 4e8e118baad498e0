/*
 * Makes the pictures of docs/own-images.md from this example: micrographs with their images of two phases, what is in
 * doubt, tiles, and the way to the best design from a sound micrograph, which the report of a run has.
 *
 * Run after `npm run build`: node examples/own-images/pictures.mjs
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import { loadEngine } from '../../scripts/build/load-engine.mjs';
import { stripsOf } from '../../scripts/paper/pictures.mjs';
import { databaseSettings, drawMicrograph, imageOfMicrograph, isSound, micrographs, modules } from './draw.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const blue = [86, 180, 233];
const orange = [230, 159, 0];
const gap = 12;

const engine = await loadEngine([...modules, 'grid/image-2d']);
const edge = databaseSettings.resolution;

/** A micrograph; without other frames, the part that becomes an image is framed. */
function micrographPanel(number, frames) {
  const { width, height, values } = drawMicrograph(engine, number);
  const middle = { x: (width - height) / 2, y: 0, edge: height, color: blue };
  return { width, height, colorAt: (p) => [values[p], values[p], values[p]], frames: frames ?? [middle] };
}

function imagePanel(number) {
  const { data } = imageOfMicrograph(engine, drawMicrograph(engine, number), number);
  return { width: edge, height: edge, colorAt: (p) => [255 * data[p], 255 * data[p], 255 * data[p]], frames: [] };
}

/** A step of a strip of the report. */
function stepPanel({ image }, frames = []) {
  const { width, height, data } = PNG.sync.read(Buffer.from(/base64,([^"]+)"/.exec(image)[1], 'base64'));
  return { width, height, colorAt: (p) => data.subarray(4 * p, 4 * p + 3), frames };
}

/** Rows of panels as a PNG file in docs/images, between them nothing; each panel is scaled to the height of a row by a whole number. */
function writeSheet(name, rows, rowHeight) {
  const factorOf = ({ height }) => Math.max(1, Math.round(rowHeight / height));
  const widthOf = (panel) => panel.width * factorOf(panel);
  const heightOf = (row) => Math.max(...row.map((panel) => panel.height * factorOf(panel)));
  const columns = rows[0].map((_, column) => Math.max(...rows.map((row) => widthOf(row[column]))));
  const sheet = new PNG({ width: columns.reduce((sum, width) => sum + width + gap, -gap), height: rows.reduce((sum, row) => sum + heightOf(row) + gap, -gap) });
  sheet.data.fill(0);
  let top = 0;
  for (const row of rows) {
    let left = 0;
    row.forEach((panel, column) => {
      const factor = factorOf(panel);
      drawPanel(sheet, panel, factor, left + Math.floor((columns[column] - widthOf(panel)) / 2), top + Math.floor((heightOf(row) - panel.height * factor) / 2));
      left += columns[column] + gap;
    });
    top += heightOf(row) + gap;
  }
  const file = join(root, 'docs/images', `${name}.png`);
  writeFileSync(file, PNG.sync.write(sheet, { deflateLevel: 9 }));
  console.log(file);
}

function drawPanel(sheet, { width, height, colorAt, frames }, factor, left, top) {
  const set = (x, y, color) => sheet.data.set([...color, 255], 4 * ((top + y) * sheet.width + left + x));
  for (let y = 0; y < height * factor; y++) for (let x = 0; x < width * factor; x++) set(x, y, colorAt(Math.floor(y / factor) * width + Math.floor(x / factor)));
  for (const frame of frames) {
    const [begin, end] = [[frame.x, frame.y], [frame.x + frame.edge, frame.y + (frame.height ?? frame.edge)]].map((corner) => corner.map((value) => Math.round(value * factor)));
    for (let y = begin[1]; y < end[1]; y++) {
      for (let x = begin[0]; x < end[0]; x++) {
        const distance = Math.min(x - begin[0], y - begin[1], end[0] - 1 - x, end[1] - 1 - y);
        if (distance < 2) set(x, y, frame.color);
      }
    }
  }
}

let ofImages;
/** The number of the micrograph that image `index` of the database is from: those of another fraction are left out. */
function micrographOf(index) {
  const fractionOf = (number) => engine.volumeFraction(imageOfMicrograph(engine, drawMicrograph(engine, number), number));
  const within = (fraction) => fraction >= 0.36 - 1e-9 && fraction <= 0.44 + 1e-9;
  ofImages ??= micrographs.filter((number) => within(fractionOf(number)));
  return ofImages[index];
}

const shown = [0, 1, 2, 3];
writeSheet('own-images-phases', [shown.map((number) => micrographPanel(number)), shown.map(imagePanel)], 240);

const doubtful = [12, 280];
writeSheet('own-images-doubts', [doubtful.flatMap((number) => [micrographPanel(number), imagePanel(number)])], 240);

const tile = (x, y, color) => ({ x, y, edge: 32, color });
const apart = [0, 32, 64].flatMap((x) => [0, 32].map((y) => tile(x, y, blue)));
const overlapping = [tile(0, 0, blue), tile(16, 16, orange), tile(32, 32, blue)];
writeSheet('own-images-tiles', [[micrographPanel(7, apart), micrographPanel(7, overlapping)]], 240);

const folder = mkdtempSync(join(tmpdir(), 'xdesign-pictures-'));
try {
  const run = spawnSync(process.execPath, [join(root, 'bin/xdesign.mjs'), 'run', fileURLToPath(new URL('own-images.xdesign', import.meta.url)), '--out', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) process.exit(run.status ?? 1);
  const strips = stripsOf(readFileSync(join(folder, 'results/Stiffness/report.html'), 'utf8')).map(({ steps }) => ({ steps, number: micrographOf(Number(/image (\d+)/.exec(steps[0].caption)[1])) }));
  const { number, steps: [image, region, skeleton, design, repeated] } = strips.find((strip) => isSound(strip.number));
  const [x, y, size] = /class="frame" d="M(\d+) (\d+)h(\d+)/.exec(region.image).slice(1).map(Number);
  const patch = [{ x, y, edge: size, color: blue }];
  writeSheet('own-images-design', [[micrographPanel(number), stepPanel(image), stepPanel(region, patch), stepPanel(skeleton, patch), stepPanel(design), stepPanel(repeated)]], 192);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
