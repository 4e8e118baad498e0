/* The specifications that the parts run: those of examples/paper, and for a trial smaller copies of them. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a trial does less of: patterns in a specification, and what stands there instead. */
const less = [
  [/\bstarts \d+/g, 'starts 2'],
  [/\bbest \d+/g, 'best 2'],
  [/\bthreshold [\d.]+ \.\. [\d.]+ by [\d.]+/g, 'threshold 0.3, 0.5'],
  [/\bmethod gradram, hirescam, layercam  layer last, stage-1/g, 'method gradram, layercam  layer stage-1'],
  [/\bseed 1 \.\. \d+/g, 'seed 1, 2'],
];

/** Waves that fit into the images of any resolution that a network takes. */
const waves = [/\bspinodal \d+%/g, '$& { wavenumber 2 .. 6 }'];

/** Drawings of 128 × 128 pixels are no cells of another resolution. */
const drawings = [/^ *compare pictures .*\n/gm, ''];

/** The folder of the specifications. */
export function prepareSpecifications(root, folder, trial) {
  const originals = join(root, 'examples/paper');
  if (trial === undefined) return originals;
  const copies = join(folder, 'specifications');
  cpSync(originals, copies, { recursive: true });
  const replaced = trial.resolution === undefined ? less : [...less, [/\bresolution \d+/g, `resolution ${trial.resolution}`], waves, drawings];
  for (const file of readdirSync(copies).filter((name) => name.endsWith('.xdesign'))) {
    const path = join(copies, file);
    writeFileSync(path, replaced.reduce((text, [pattern, by]) => text.replace(pattern, by), readFileSync(path, 'utf8')));
  }
  return copies;
}
