#!/usr/bin/env node
/*
 * The `xdesign` command: starts dist/xdesign.mjs. Run by a Node that lacks node:sqlite, it hands over to
 * the Node of the npm package `node`, which `npm ci` installs beside it. Kept in plain old JavaScript, so
 * that an old Node gets as far as the explanation.
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

/** Node 22 and 23 call node:sqlite experimental each time; a user cannot do anything about it. */
function silenceSqliteWarning() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) emitWarning.call(process, warning, ...rest);
  };
}

/** Path of the Node that the npm package `node` brings, undefined without one. */
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

/** Runs this command again under another Node and ends as that ends. */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to both processes by itself; a second one would look like impatience.
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
