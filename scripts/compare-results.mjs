/*
 * Compares the results of two run folders: `node scripts/compare-results.mjs OLD NEW`. Images of designs are compared
 * by their bytes, whatever their names; cells by their pixels, whether they are in `cells.npz` or in a PNG file for each,
 * as earlier versions had them; tables by the columns that both have, row by row of each arm.
 * Results of every case that both folders have; prints the differences and ends with status 1 if there are any.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { readTable } from './read-table.mjs';

const [before, after] = process.argv.slice(2);
if (!before || !after) {
  console.error('usage: node scripts/compare-results.mjs OLD_RUN_FOLDER NEW_RUN_FOLDER');
  process.exit(2);
}

/** Columns that name files and identities, which a layout may change without changing a result. */
const names = new Set(['file', 'cells_file', 'cell_index']);

let differences = 0;
const report = (text) => {
  differences++;
  console.log(`  ${text}`);
};

for (const folder of [before, after]) {
  if (existsSync(join(folder, 'results'))) continue;
  console.error(`There are no results in ${folder}: use the path of a run folder, such as .xdesign.`);
  process.exit(2);
}
const casesOf = (folder) =>
  readdirSync(join(folder, 'results'), { withFileTypes: true }).filter((each) => each.isDirectory() && existsSync(join(folder, 'results', each.name, 'designs.csv'))).map(({ name }) => name);
const cases = { before: casesOf(before), after: casesOf(after) };
for (const name of cases.before.filter((each) => !cases.after.includes(each))) report(`${name}: only in ${before}`);
for (const name of cases.after.filter((each) => !cases.before.includes(each))) report(`${name}: only in ${after}`);
for (const name of cases.before.filter((each) => cases.after.includes(each))) {
  console.log(name);
  const folders = [join(before, 'results', name), join(after, 'results', name)];
  const withCells = folders.filter((folder) => existsSync(join(folder, 'cells.npz')));
  // Where one of them has pictures of the best designs only, their number means nothing.
  if (withCells.length !== 1) comparePictures(...folders);
  if (withCells.length > 0) compareCells(...folders);
  compareTables(join(before, 'results', name, 'designs.csv'), join(after, 'results', name, 'designs.csv'));
}
console.log(differences === 0 ? 'no differences' : `${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;

/** Image files by their content. */
function picturesIn(folder) {
  const counts = new Map();
  const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
  for (const file of files) {
    const digest = createHash('sha256').update(readFileSync(join(folder, file))).digest('hex');
    counts.set(digest, [...(counts.get(digest) ?? []), file]);
  }
  return { count: files.length, counts };
}

function comparePictures(one, other) {
  const [a, b] = [picturesIn(one), picturesIn(other)];
  let equal = 0;
  for (const digest of new Set([...a.counts.keys(), ...b.counts.keys()])) {
    const [left, right] = [a.counts.get(digest) ?? [], b.counts.get(digest) ?? []];
    equal += Math.min(left.length, right.length);
    if (left.length !== right.length) report(`image ${digest.slice(0, 12)}: ${left.join(', ') || 'none'} before, ${right.join(', ') || 'none'} after`);
  }
  console.log(`  images: ${a.count} before, ${b.count} after, ${equal} of the same bytes`);
}

/** Cells by their pixels: of an arm and rank, or of a file. */
function cellsIn(folder) {
  const counts = new Map();
  const add = (pixels, name) => {
    const digest = createHash('sha256').update(pixels).digest('hex');
    counts.set(digest, [...(counts.get(digest) ?? []), name]);
  };
  const path = join(folder, 'cells.npz');
  if (!existsSync(path)) {
    for (const file of readdirSync(folder).filter((each) => each.endsWith('.png'))) {
      const { data } = PNG.sync.read(readFileSync(join(folder, file)));
      add(Uint8Array.from({ length: data.length / 4 }, (_, p) => (data[4 * p] > 127 ? 1 : 0)), file);
    }
    return counts;
  }
  for (const [entry, bytes] of Object.entries(unzipSync(readFileSync(path)))) {
    const start = 10 + bytes[8] + 256 * bytes[9];
    const [count, height, width] = /'shape': \(([^)]*)\)/.exec(Buffer.from(bytes.subarray(10, start)).toString('latin1'))[1].split(',').map(Number);
    for (let i = 0; i < count; i++) add(bytes.subarray(start + i * height * width, start + (i + 1) * height * width), `${entry.replace(/\.npy$/, '')} ${i + 1}`);
  }
  return counts;
}

function compareCells(one, other) {
  const [a, b] = [cellsIn(one), cellsIn(other)];
  const total = (counts) => [...counts.values()].reduce((sum, cells) => sum + cells.length, 0);
  let equal = 0;
  for (const digest of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(digest) ?? [], b.get(digest) ?? []];
    equal += Math.min(left.length, right.length);
    if (left.length !== right.length) report(`cell ${digest.slice(0, 12)}: ${left.join(', ') || 'none'} before, ${right.join(', ') || 'none'} after`);
  }
  console.log(`  cells: ${total(a)} before, ${total(b)} after, ${equal} of the same pixels`);
}

function compareTables(one, other) {
  const [a, b] = [readTable(one), readTable(other)];
  const shared = a.columns.filter((column) => b.columns.includes(column) && !names.has(column));
  for (const column of a.columns.filter((each) => !b.columns.includes(each))) report(`column “${column}” is gone`);
  const added = b.columns.filter((column) => !a.columns.includes(column));
  console.log(`  designs.csv: ${a.rows.length} rows before, ${b.rows.length} after, ${shared.length} shared columns${added.length > 0 ? `, new: ${added.join(', ')}` : ''}`);
  const nameOf = ({ arm, rank }) => `${arm} ${rank}`;
  const others = new Map(b.rows.map((row) => [nameOf(row), row]));
  for (const row of a.rows) {
    const found = others.get(nameOf(row));
    if (!found) {
      report(`design ${nameOf(row)} is gone`);
      continue;
    }
    for (const column of shared) if (row[column] !== found[column]) report(`design ${nameOf(row)}, ${column}: ${row[column]} before, ${found[column]} after`);
    others.delete(nameOf(row));
  }
  for (const name of others.keys()) report(`design ${name} is new`);
}
