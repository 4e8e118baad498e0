#!/usr/bin/env node
/*
 * The `xdesign` command: starts dist/xdesign.mjs. A Node that lacks node:sqlite starts the
 * Node of the npm package `node` instead, which `npm ci` installs with it. The file is plain old JavaScript, so
 * that an old Node can print the explanation.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const program = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'xdesign.mjs');

if (!existsSync(program)) {
  console.error(`xdesign is not built yet (there is no ${program}): run "npm run build" first.`);
  process.exitCode = 1;
} else if (hasSqlite(process.versions.node)) {
  process.setSourceMapsEnabled(true);
  silenceSqliteWarning();
  await import(pathToFileURL(program).href);
} else {
  const node = installedNode();
  if (node === undefined) {
    console.error(
      `xdesign needs Node 22.13 or newer (24 is recommended), and this is Node ${process.versions.node}. ` +
        'Install a newer Node, or run "npm ci" in the folder of xdesign, which brings one along.',
    );
    process.exitCode = 1;
  } else {
    handOver(node);
  }
}

/** Whether this version of Node has node:sqlite without a flag: from 22.13 on and from 23.4 on. */
function hasSqlite(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major === 22) return minor >= 13;
  if (major === 23) return minor >= 4;
  return major >= 24;
}

/** Node 22 and 23 call node:sqlite experimental each time; the warning is of no use to users. */
function silenceSqliteWarning() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning.call(process, warning, ...rest);
  };
}

/** Path of the Node of the npm package `node`, undefined without one. */
function installedNode() {
  let folder;
  try {
    folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
  } catch {
    return undefined;
  }
  const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : undefined;
}

/** Runs this command under another Node and exits with its status. */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both processes itself; forwarding it would make a second one.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    console.error(`xdesign cannot start ${node}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) {
      process.exitCode = code;
      return;
    }
    for (const each of signals) process.removeAllListeners(each);
    process.kill(process.pid, signal);
  });
}
