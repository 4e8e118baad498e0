/*
 * `npm run paper`: runs the paper's cases and comparisons at full size and writes docs/paper.md with pictures.
 *
 *   npm run paper                                  everything; run again after a stop, it resumes
 *   npm run paper -- --only cases                  one part, or several: cases,comparisons
 *   npm run paper -- --page                        no run: the page of what the run folder has
 *   npm run paper -- --size 200 --epochs 2 --out DIR   a trial: smaller, and its page stays in DIR
 *
 * What the run folder has not finished stays on the page as an earlier run left it.
 * `--out` is the run folder, by default .xdesign/paper. `--program` is another build of the command. A trial (`--size`, `--epochs` or `--resolution`) runs copies of the
 * specifications with fewer optimizations and shorter studies (see parts.mjs), and its page is DIR/paper.md.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { minutesOf, parts } from './paper/parts.mjs';
import { prepareSpecifications } from './paper/specifications.mjs';
import { runUnit } from './paper/run-unit.mjs';
import { writePage } from './paper/page.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, '.xdesign/paper') },
    only: { type: 'string' },
    size: { type: 'string' },
    epochs: { type: 'string' },
    resolution: { type: 'string' },
    page: { type: 'boolean', default: false },
    program: { type: 'string', default: join(root, 'bin/xdesign.mjs') },
  },
});
const names = options.only?.split(',') ?? parts.map(({ name }) => name);
const unknown = names.find((name) => !parts.some((part) => part.name === name));
const wrong = ['size', 'epochs', 'resolution'].find((name) => options[name] !== undefined && !/^[1-9]\d*$/.test(options[name]));
if (unknown !== undefined || wrong !== undefined) {
  console.error(unknown === undefined ? `--${wrong} takes a positive integer.` : `There is no part "${unknown}". The parts are ${parts.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const folder = resolve(options.out);
const trial = ['size', 'epochs', 'resolution'].some((name) => options[name] !== undefined);
mkdirSync(folder, { recursive: true });
const specifications = prepareSpecifications(root, folder, trial ? options : undefined);
const chosen = options.page ? [] : parts.filter(({ name }) => names.includes(name));
if (!trial && chosen.length > 0) console.log(`About ${chosen.reduce((sum, part) => sum + minutesOf(part), 0)} minutes on two cores, less what is stored: ${chosen.map((part) => `${part.name} ${minutesOf(part)}`).join(', ')}.`);

let status = 0;
for (const part of chosen) {
  for (const unit of part.units) {
    console.log(`\n${part.name}: ${unit.name}`);
    status = await runUnit({ root, folder, specification: join(specifications, part.file), part, unit, options });
    if (status !== 0) break;
  }
  if (status !== 0) break;
}
if (status === 0 || existsSync(join(folder, 'results'))) {
  const page = writePage({ root, folder, target: trial ? folder : join(root, 'docs'), trial: trial ? options : undefined });
  console.log(`\nPage: ${page}`);
}
process.exitCode = status;
