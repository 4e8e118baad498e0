/*
 * `npm run test:slurm`: the tests of runs on a cluster (test/slurm), with a real Slurm on this machine alone. Where it
 * cannot be had, this says why and tests nothing. With arguments it runs the files that match them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startOneNode, whyNot } from './slurm/one-node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const reason = whyNot();
if (reason === undefined) process.exitCode = await test();
else console.log(`The tests on Slurm are left out: ${reason}.\n0 passed, 0 failed`);

async function test() {
  // A wave has more shards than an array may have tasks.
  const { env, stop } = await startOneNode({ arraySize: 4 });
  try {
    const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
    const child = spawn(process.execPath, [vitest, 'run', '--config', 'slurm.config.ts', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit', env });
    const interrupt = () => child.kill('SIGINT');
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    const [status] = await once(child, 'close');
    return status ?? 1;
  } finally {
    await stop();
  }
}
