/* code-server on a loopback port; everything that it and its extensions write lies in one folder. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from './run-program';

/** A window that stays as it is: no welcome, no network, no trust question, no motion. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.editor.useModal': 'off',
  'window.commandCenter': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'git.enabled': false,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'workbench.reduceMotion': 'on',
} as const;

/**
 * All built-in extensions that tests need. The other hundred are for other languages; to scan them, register them and
 * activate some of them took each load of a window about two seconds of the processor.
 */
export const themesOnly: readonly string[] = ['theme-defaults', 'theme-seti'];

export interface CodeServer {
  readonly url: string;
  /** Also of the process group that all of it is in. */
  readonly processId: number;
  /** Changes user settings; open windows follow. */
  change(settings: Readonly<Record<string, unknown>>): void;
  /** Ends it with its extension hosts and language servers. */
  stop(): Promise<void>;
}

export interface CodeServerOptions {
  /** Beside the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** The built-in extensions of VS Code that it has, by their folders; else all of them. */
  readonly builtIn?: readonly string[];
  /** Lets a page name extension tests in its address. */
  readonly testDriver?: boolean;
  /** Asks whether the workspace is trusted, as VS Code does. */
  readonly workspaceTrust?: boolean;
}

/**
 * Runs a program of Node until it ends, or until whoever started this one does, also by Ctrl-C: then standard
 * input closes, and the process group, of which this is the first, is ended. Text, since benchmarks bundle this file.
 */
const untilAlone = `
  import { spawn } from 'node:child_process';
  const program = spawn(process.execPath, process.argv.slice(1), { stdio: ['ignore', 'inherit', 'inherit'] });
  program.once('exit', (code) => process.exit(code ?? 1));
  // The group's signal reaches the program, too, which ends in its own time.
  process.on('SIGTERM', () => {});
  process.stdin.once('close', () => process.kill(-process.pid, 'SIGKILL'));
  process.stdin.resume();
`;

/** How long a server may take on a machine that is busy with other tests. */
const patience = 180_000;

export async function installExtension(entry: string, folder: string, vsix: string): Promise<void> {
  await runProgram(process.execPath, [entry, ...folderArguments(folder), '--install-extension', vsix, '--force'], { env: ownEnvironment(folder) });
}

export async function startCodeServer(entry: string, folder: string, { settings = {}, env = {}, builtIn, testDriver = false, workspaceTrust = false }: CodeServerOptions = {}): Promise<CodeServer> {
  const change = (changed: Readonly<Record<string, unknown>>): void => {
    mkdirSync(join(folder, 'data/User'), { recursive: true });
    writeFileSync(join(folder, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, 'security.workspace.trust.enabled': workspaceTrust, ...settings, ...changed }));
  };
  change({});
  const port = await freePort();
  const log = openSync(join(folder, 'code-server.log'), 'a');
  const flags = ['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  if (!workspaceTrust) flags.push('--disable-workspace-trust');
  if (builtIn !== undefined) flags.push('--vscode-option', `builtin-extensions-dir=${builtInFolder(entry, folder, builtIn)}`);
  // Without this a built VS Code ignores tests that the address names.
  if (testDriver) flags.push('--vscode-option', 'enable-smoke-test-driver');
  const child = spawn(process.execPath, ['--input-type=module', '--eval', untilAlone, entry, ...folderArguments(folder), ...flags], {
    env: { ...ownEnvironment(folder), EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...env },
    // Closes when this process ends, also by Ctrl-C.
    stdio: ['pipe', log, log],
    // A process group of its own, so that all of it can be ended.
    detached: true,
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(child, url, join(folder, 'code-server.log'));
  } catch (error) {
    await endGroup(child);
    throw error;
  }
  return { url, processId: child.pid!, change, stop: () => endGroup(child) };
}

async function untilHealthy(child: ChildProcess, url: string, log: string): Promise<void> {
  for (const end = Date.now() + patience; ; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`code-server ended with ${child.exitCode}; its log is ${log}`);
    // Refused until it listens.
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > end) throw new Error(`code-server did not come up; its log is ${log}`);
  }
}

async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null) {
    signalGroup(child.pid, 'SIGTERM');
    await Promise.race([ended, sleep(5_000)]);
  }
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function folderArguments(folder: string): string[] {
  const config = join(folder, 'config.yaml');
  mkdirSync(folder, { recursive: true });
  writeFileSync(config, '');
  return ['--config', config, '--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')];
}

/** A folder with some of the extensions that code-server brings along. */
function builtInFolder(entry: string, folder: string, names: readonly string[]): string {
  const all = join(dirname(entry), '../../lib/vscode/extensions');
  const some = join(folder, 'built-in');
  mkdirSync(some);
  for (const name of names) symlinkSync(join(all, name), join(some, name), 'junction');
  return some;
}

/** Nothing of the caller's VS Code or npm, and no folder of the user. */
function ownEnvironment(folder: string): NodeJS.ProcessEnv {
  const home = join(folder, 'home');
  const env = {
    PATH: process.env['PATH'],
    LANG: 'C.UTF-8',
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    TMPDIR: join(folder, 'tmp'),
  };
  for (const path of [env.HOME, env.XDG_RUNTIME_DIR, env.TMPDIR]) mkdirSync(path, { recursive: true });
  return env;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
