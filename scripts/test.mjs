/*
 * `npm test`: all tests. The rooms and the workbench (vitest.config.ts) run at the same time, each in a process of its
 * own, because the rooms compute while the workbench mostly waits for windows. The rooms have a priority between that of
 * the windows, which have to respond, and that of the runs that windows start. With arguments it is `vitest run`
 * with these arguments.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const vitest = [fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url)), 'run'];

/** What runs at the same time, the one whose lines appear at once first; the lines of the other one follow in one piece. */
const runs = [
  { name: 'rooms', projects: ['rooms', 'programs'], priority: 5 },
  { name: 'workbench', projects: ['workbench'], priority: 0 },
];

const args = process.argv.slice(2);
process.exitCode = args.length > 0 ? await runOne(args) : await runAll();

async function runOne(given) {
  const [status] = await once(spawn(process.execPath, [...vitest, ...given], { cwd: root, stdio: 'inherit' }), 'close');
  return status ?? 1;
}

async function runAll() {
  const ends = await Promise.all(runs.map((run, index) => runProjects(run, index === 0)));
  console.log('');
  for (const { name, tally, seconds } of ends) console.log(`${name}: ${tally === undefined ? 'did not report' : inWords(tally)} (${seconds.toFixed(0)} s)`);
  const sum = { passed: 0, failed: 0 };
  for (const { status, tally } of ends) {
    sum.passed += tally?.passed ?? 0;
    // A process that fails without a failed test is a failure of its own.
    sum.failed += tally?.failed || (status === 0 && tally !== undefined ? 0 : 1);
  }
  console.log(inWords(sum));
  return sum.failed === 0 ? 0 : 1;
}

/** Runs the tests of some projects; takes their tally (scripts/check/tally-reporter.mjs) out of their lines. */
async function runProjects({ name, projects, priority }, atOnce) {
  const start = performance.now();
  const color = process.stdout.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {};
  const child = spawn(process.execPath, [...vitest, ...projects.flatMap((project) => ['--project', project])], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...color } });
  if (child.pid !== undefined) setPriority(child.pid, priority);
  const stop = () => child.kill();
  process.once('SIGTERM', stop);
  const lines = [];
  let tally;
  const receive = (line) => {
    const counts = /^(\d+) passed, (\d+) failed$/.exec(line);
    if (counts) tally = { passed: Number(counts[1]), failed: Number(counts[2]) };
    else if (atOnce) console.log(line);
    else lines.push(line);
  };
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', receive);
  const [status] = await once(child, 'close');
  process.off('SIGTERM', stop);
  if (lines.length > 0) console.log(lines.join('\n'));
  return { name, status, tally, seconds: (performance.now() - start) / 1000 };
}

function inWords({ passed, failed }) {
  return `${passed} passed, ${failed} failed`;
}
