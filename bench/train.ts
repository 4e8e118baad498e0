/*
 * `npm run bench -- train`: how fast networks are trained beside PyTorch, and how much memory that takes.
 *
 * Arguments: root of the project, folder of the bundles (both from scripts/bench.mjs), then options.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { autoBackends } from '#domain/learning';
import type { NetworkKind } from '#domain/networks';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { openBackend, type OpenBackend } from '#engine/learning/backend/backend';
import { backendHost } from '#runner/backend-host';
import { createThreadExecutor } from '#runner/jobs/thread-executor';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { table, type Outcome } from './outcome';
import { findTorch, startTrainPeer } from './train-peer';
import { firstStep, trainWork } from './train-work';
import { measureRate, secondsOfTraining } from './training-rate';

keepNumbersApart();

const [root, folder, ...words] = process.argv.slice(2) as [string, string, ...string[]];
const { values } = parseArgs({
  args: words,
  options: {
    network: { type: 'string', default: 'compact,resnet18' },
    threads: { type: 'string', default: '1,2' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    memory: { type: 'string' },
    backend: { type: 'string', default: 'wasm' },
  },
});
const tensorflowWasmPath = `${root}node_modules/@tensorflow/tfjs-backend-wasm/dist/`;
const workerFile = `${folder}/worker.mjs`;

/** Steps that are timed in a turn take about two seconds; one more comes before them. */
const rows = {
  compact: { batch: 32, steps: 11, floor: 0.5 },
  resnet18: { batch: 8, steps: 4, floor: 0.35 },
} as const satisfies Record<NetworkKind, unknown>;
const mostMemory = 1.5e9;

const backend = ((name): (typeof autoBackends)[number] => {
  const known = autoBackends.find((each) => each === name);
  if (known === undefined) throw new Error(`--backend ${name}: one of ${autoBackends.join(', ')} is expected`);
  return known;
})(values.backend);

const networks = values.network.split(',').map((name): NetworkKind => {
  if (name !== 'compact' && name !== 'resnet18') throw new Error(`--network ${name}: compact or resnet18 is expected`);
  return name;
});

/** Opens the backend in this thread; ends the program with the reason where it does not run. */
async function openOrEnd(): Promise<OpenBackend> {
  const opened = await openBackend({ backend, wasmPath: tensorflowWasmPath, host: backendHost });
  if (opened.ok) return opened.value;
  console.error(opened.findings[0]!.message);
  process.exit(1);
}

async function ratesOf(network: NetworkKind, threads: number, opened: OpenBackend): Promise<Outcome> {
  const torch = findTorch();
  if (typeof torch === 'string') throw new Error(torch);
  const { batch, steps, floor } = rows[network];
  const work = trainWork(network, batch, steps, backend);
  const ours = await firstStep({ signal: neverAborted, progress: silentProgress, rng: createRng(1), backend: opened }, work);
  const peer = await startTrainPeer(torch.python, `${root}bench/peers/train.py`, work, threads);
  const executor = createThreadExecutor({ workers: threads, workerFile, tensorflowWasmPath });
  try {
    return await measureRate({ work, threads, ...(backend === 'wasm' && { floor }), ours }, peer, executor, Number(values.rounds));
  } finally {
    peer.close();
    await executor.close();
  }
}

/** A process that does nothing but train, and tells the largest memory that it had. */
async function trainAlone(network: NetworkKind): Promise<void> {
  const executor = createThreadExecutor({ workers: 2, workerFile, tensorflowWasmPath });
  await secondsOfTraining(executor, trainWork(network, network === 'compact' ? 64 : 32, 4, backend), 2);
  await executor.close();
  console.log(1024 * process.resourceUsage().maxRSS);
}

function memoryOf(network: NetworkKind): Outcome {
  const { stdout, stderr, status } = spawnSync(process.execPath, [`${folder}/train.mjs`, root, folder, '--memory', network, '--backend', backend], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the training of ${network} failed: ${stderr}`);
  const bytes = Number(stdout);
  const megabytes = (value: number): string => `${(value / 1e6).toFixed(0)} MB`;
  return {
    work: `${network}, batch of its defaults, 2 threads, memory of the process`,
    peer: '', ours: megabytes(bytes), ratio: '', floor: `≤ ${megabytes(mostMemory)}`, met: bytes <= mostMemory,
  };
}

if (values.memory !== undefined) {
  await trainAlone(values.memory as NetworkKind);
} else {
  const opened = await openOrEnd();
  const outcomes: Outcome[] = [];
  const add = (outcome: Outcome): void => {
    outcomes.push(outcome);
    process.stderr.write(`${outcome.work}: ${outcome.ours} ${outcome.ratio}\n`);
  };
  for (const network of networks) {
    if (values.only !== 'memory') for (const threads of values.threads.split(',')) add(await ratesOf(network, Number(threads), opened));
    if (values.only !== 'rates') add(memoryOf(network));
  }
  console.log(`${values.rounds} rounds in turns, medians; 128 × 128 pixels; ours on ${backend}; peer: PyTorch on the CPU\n`);
  console.log(table(outcomes));
  if (outcomes.some(({ refused }) => refused !== undefined)) process.exitCode = 1;
}
