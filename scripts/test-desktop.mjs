/*
 * `npm run test:desktop`: the suites of test/workbench/host in desktop VS Code, against the packed extension.
 * `VSCODE_PATH` names VS Code's program; without it VS Code is downloaded from its update server.
 */
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleHostSuites } from './build/host-suites.mjs';
import { packageExtension } from './build/package.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const harness = join(root, 'test/workbench');
const folder = mkdtempSync(join(tmpdir(), 'xdesign-desktop-'));
try {
  const vscodeExecutablePath = process.env.VSCODE_PATH ?? (await downloadAndUnzipVSCode('stable'));
  const vsix = join(folder, 'xdesign.vsix');
  await packageExtension(vsix);
  const folders = [`--extensions-dir=${join(folder, 'extensions')}`, `--user-data-dir=${join(folder, 'user')}`];
  const [program] = resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath);
  const installed = spawnSync(program, [...folders, '--install-extension', vsix, '--force'], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (installed.status !== 0) throw new Error(`VS Code did not install ${vsix}.`);
  const workspace = join(folder, 'workspace');
  cpSync(join(harness, 'workspace'), workspace, { recursive: true });
  await runTests({
    vscodeExecutablePath,
    // The tested extension is installed; VS Code still requires the folder of an extension under development.
    extensionDevelopmentPath: join(harness, 'harness/empty-extension'),
    extensionTestsPath: await bundleHostSuites(),
    launchArgs: [workspace, ...folders, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes'],
  });
  console.log('All suites passed in desktop VS Code.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
