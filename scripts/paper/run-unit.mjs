/* One process of `xdesign run`, and what it took: paper.json in the run folder has each process with its time, its processor time and its largest memory. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const usageHook = pathToFileURL(fileURLToPath(new URL('report-usage.mjs', import.meta.url))).href;

/** Runs a case or a study; returns the exit status of the process. */
export async function runUnit({ root, folder, specification, part, unit, options }) {
  const usageFile = join(folder, `usage-${process.pid}.txt`);
  const started = new Date();
  const child = spawn(
    process.execPath,
    [
      resolve(options.program), 'run', specification, '--out', folder,
      ...['case', 'study'].flatMap((name) => (unit[name] === undefined ? [] : [`--${name}`, unit[name]])),
      ...['size', 'epochs'].flatMap((name) => (options[name] === undefined ? [] : [`--${name}`, options[name]])),
    ],
    // The command may start another Node: both write what they used.
    { stdio: 'inherit', env: { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${usageHook}`.trim(), XDESIGN_USAGE_FILE: usageFile } },
  );
  const forward = (signal) => child.kill(signal);
  process.on('SIGINT', forward).on('SIGTERM', forward);
  const status = await new Promise((done, fail) => child.on('error', fail).on('exit', (code) => done(code ?? 1)));
  process.off('SIGINT', forward).off('SIGTERM', forward);
  const seconds = (Date.now() - started.getTime()) / 1000;
  const usages = existsSync(usageFile) ? readFileSync(usageFile, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];
  rmSync(usageFile, { force: true });
  addToLog(folder, `${part.name}/${unit.name}`, {
    started: started.toISOString(), seconds, finished: status === 0,
    largestMemory: Math.max(0, ...usages.map(({ memory }) => memory)), processorSeconds: usages.reduce((sum, { processorSeconds: own }) => sum + own, 0),
    commit: git(root, 'rev-parse', '--short', 'HEAD'), // The page that a part leaves in docs is no change of the program.
    changed: git(root, 'status', '--porcelain', '--untracked-files=no', '--', '.', ':!docs') !== '',
  });
  return status;
}

/** The processes of each unit by `part/unit`, in their order. */
export function readLog(folder) {
  const path = join(folder, 'paper.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

function addToLog(folder, name, process) {
  const log = readLog(folder);
  const path = join(folder, 'paper.json');
  writeFileSync(`${path}.part`, `${JSON.stringify({ ...log, [name]: [...(log[name] ?? []), process] }, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}

function git(root, ...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
}
