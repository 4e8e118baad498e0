/*
 * A real Slurm on this machine alone, for tests: the daemons of Debian's packages, with a configuration, keys and ports
 * of their own in one folder, next to which a Slurm of the machine would be left alone. Needs root.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const programs = ['slurmctld', 'slurmd', 'munged', 'sbatch'];
const packages = ['slurmctld', 'slurmd', 'slurm-client', 'munge'];

/** Why this machine cannot have one; undefined where it can. */
export function whyNot() {
  if (process.platform !== 'linux') return 'Slurm runs on Linux';
  if (process.getuid() !== 0) return 'the daemons of Slurm need root';
  if (!hasPrograms() && !existsSync('/usr/bin/apt-get')) return `${packages.join(', ')} are not installed, and there is no apt-get`;
  return undefined;
}

/**
 * Installs what is missing and starts the daemons. Returns the environment in which Slurm's commands speak to them, and
 * `stop`, which ends them and removes the folder. `arraySize` is one more than the largest index of an array.
 */
export async function startOneNode({ arraySize = 1001, cores = availableParallelism() } = {}) {
  install();
  const folder = mkdtempSync(join(tmpdir(), 'xdesign-slurm-'));
  // The daemon of munge refuses a key in a folder that others could write.
  chmodSync(folder, 0o755);
  for (const name of ['state', 'spool', 'munge']) mkdirSync(join(folder, name), { mode: 0o755 });
  const munge = await startMunge(join(folder, 'munge'));
  const [controllerPort, nodePort] = await Promise.all([freePort(), freePort()]);
  const configuration = join(folder, 'slurm.conf');
  writeFileSync(configuration, configurationText({ folder, socket: munge.socket, controllerPort, nodePort, arraySize, cores }));
  const env = { ...process.env, SLURM_CONF: configuration };
  const daemons = [munge.daemon];
  const stop = async () => {
    for (const daemon of daemons.toReversed()) await end(daemon);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    daemons.push(daemon('slurmctld', ['-D', '-f', configuration], env, join(folder, 'controller.out')));
    await answers(env, 'scontrol', ['ping'], /is UP/);
    daemons.push(daemon('slurmd', ['-D', '-f', configuration, '-N', 'one'], env, join(folder, 'node.out')));
    await answers(env, 'sinfo', ['--noheader', '--format=%t'], /idle/);
  } catch (error) {
    for (const name of ['controller.log', 'node.log', 'controller.out', 'node.out', 'munge/munge.log']) {
      if (existsSync(join(folder, name))) console.error(`${name}:\n${readFileSync(join(folder, name), 'utf8').split('\n').slice(-15).join('\n')}`);
    }
    await stop();
    throw error;
  }
  return { env, folder, stop };
}

function hasPrograms() {
  return programs.every((program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0);
}

function install() {
  if (hasPrograms()) return;
  // Others may install at the same time, and apt-get refuses a second process: it waits, and finds them there.
  const steps = `{ ${programs.map((program) => `command -v ${program}`).join(' && ')}; } >/dev/null || { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends ${packages.join(' ')}; }`;
  execFileSync('flock', [join(tmpdir(), 'xdesign-apt-get.lock'), 'sh', '-c', steps], { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

/** A task that is requeued waits until its credentials have expired (`cred_expire`), two minutes unless told otherwise. */
function configurationText({ folder, socket, controllerPort, nodePort, arraySize, cores }) {
  return `ClusterName=xdesign-test
SlurmctldHost=${hostname().split('.')[0]}(127.0.0.1)
SlurmctldPort=${controllerPort}
SlurmdPort=${nodePort}
AuthType=auth/munge
AuthInfo=socket=${socket},cred_expire=5
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/controller.pid
SlurmdPidFile=${folder}/node.pid
SlurmctldLogFile=${folder}/controller.log
SlurmdLogFile=${folder}/node.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MaxArraySize=${arraySize}
MinJobAge=120
KillWait=2
ReturnToService=2
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
NodeName=one NodeHostname=${hostname().split('.')[0]} NodeAddr=127.0.0.1 CPUs=${cores} State=UNKNOWN
PartitionName=test Nodes=one Default=YES MaxTime=INFINITE State=UP
`;
}

/** The service that signs messages between the daemons, with a key and a socket of its own. */
async function startMunge(folder) {
  const [key, socket] = [join(folder, 'key'), join(folder, 'socket')];
  writeFileSync(key, randomBytes(128), { mode: 0o600 });
  const started = daemon('munged', ['--foreground', '--force', `--key-file=${key}`, `--socket=${socket}`, `--pid-file=${folder}/munge.pid`, `--seed-file=${folder}/seed`, `--log-file=${folder}/munge.log`], process.env, join(folder, 'munge.log'));
  for (let n = 0; !existsSync(socket) && n < 100; n++) await sleep(100);
  return { daemon: started, socket };
}

function daemon(program, words, env, log) {
  writeFileSync(log, '', { flag: 'a' });
  const child = spawn('sh', ['-c', 'log=$1; shift; exec "$@" >> "$log" 2>&1', 'sh', log, program, ...words], { env, stdio: 'ignore' });
  child.on('error', () => undefined);
  return child;
}

/** Ends a daemon that this process started. */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

/** Asks until the answer matches, for half a minute. */
async function answers(env, program, words, expected) {
  for (let n = 0; n < 150; n++) {
    if (expected.test(spawnSync(program, words, { env, encoding: 'utf8' }).stdout)) return;
    await sleep(200);
  }
  throw new Error(`\`${program} ${words.join(' ')}\` does not answer.`);
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
