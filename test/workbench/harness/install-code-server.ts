/*
 * A real workbench without downloading VS Code: code-server's npm package is VS Code's own server, with a
 * browser as its window. Installed by npm alone, without root, compiler or install scripts.
 */
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cached, makePackage } from './cache';
import { runProgram } from './run-program';

/** VS Code 1.139.1. */
const version = '4.139.1';

/** Parts of the package that tests never use; they are half of it. */
const unused = ['extensions/copilot', 'node_modules/@github', 'node_modules/@microsoft/mxc-sdk'];

/** The file that Node runs to start code-server. */
export async function installCodeServer(say: (line: string) => void): Promise<string> {
  const folder = await cached(`code-server-${version}`, async (target) => {
    say(`installing code-server ${version} from npm (about a minute, 0.5 GB, once on this machine)`);
    makePackage(target);
    // With scripts on, code-server would compile parts that need system libraries and that tests do not use.
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runProgram('npm', ['install', '--save-exact', ...quiet, `code-server@${version}`], { cwd: target });
    const code = join(target, 'node_modules/code-server/lib/vscode');
    await runProgram('npm', ['install', '--omit=dev', ...quiet], { cwd: code });
    for (const path of [...unused, ...otherPlatforms(code)]) rmSync(join(code, path), { recursive: true, force: true });
  });
  return join(folder, 'node_modules/code-server/out/node/entry.js');
}

/** Programs for other machines than this one. */
function otherPlatforms(code: string): string[] {
  const here = `${process.platform}-${process.arch}`;
  const folders = ['node_modules/@vscode/ripgrep-universal/bin/*', 'node_modules/node-pty/prebuilds/*'];
  return globSync(folders, { cwd: code }).filter((path) => !path.endsWith(here));
}
