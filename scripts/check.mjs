/*
 * `npm run check`: everything that must hold before a change is done. The steps are a table; all run,
 * also after one failed, and the exit status is 1 if any did. `--except NAME` leaves steps out,
 * `--only NAME` runs the named ones.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { layers } from './check/layers.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = [...new Set([...layers.map(({ folder }) => folder), 'scripts', 'test', 'bench'])].filter((folder) => existsSync(root + folder));

/** Name of a step, and the arguments of Node that run it. */
const steps = [
  ['generated', ['scripts/generate.mjs', '--check']],
  ['types', ['node_modules/typescript/bin/tsc', '-b']],
  ['layers', ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--output-type', 'err-long', ...folders]],
  ['lint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['tests', ['scripts/test.mjs']],
];

const { except, only } = choice();
const report = [];
for (const [name, command] of steps) {
  if (except.includes(name) || (only.length > 0 && !only.includes(name))) {
    report.push({ name, outcome: 'left out' });
    continue;
  }
  console.log(`\n── ${name}`);
  const start = performance.now();
  const { status, error } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  if (error !== undefined) console.error(error.message);
  report.push({ name, outcome: status === 0 ? 'passed' : 'FAILED', seconds: (performance.now() - start) / 1000 });
}

console.log('\n── check');
for (const { name, outcome, seconds } of report) {
  console.log(`${name.padEnd(10)} ${outcome.padEnd(9)} ${seconds === undefined ? '' : `${seconds.toFixed(1)} s`}`.trimEnd());
}
process.exitCode = report.some(({ outcome }) => outcome === 'FAILED') ? 1 : 0;

/** The steps named on the command line; ends the process with a message if there is no such step. */
function choice() {
  const several = { type: 'string', multiple: true, default: [] };
  try {
    const { values } = parseArgs({ options: { except: several, only: several } });
    const names = steps.map(([name]) => name);
    const unknown = [...values.except, ...values.only].find((name) => !names.includes(name));
    if (unknown !== undefined) throw new Error(`There is no step "${unknown}"; the steps are ${names.join(', ')}.`);
    return values;
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
