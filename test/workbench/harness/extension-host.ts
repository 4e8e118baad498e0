/*
 * Runs the suites of test/workbench/host inside a real extension host, as VS Code's own browser tests do: the
 * page's address names them, and the window calls back when they are done. Then the window is loaded anew, with the
 * suites of what must have come back.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sessions } from '#test/workbench/host/sessions';
import type { HostReport } from '#test/workbench/host/report';
import { newWorkbenchPage, openBrowser } from './chromium';
import { startCodeServer, themesOnly } from './code-server';
import type { WorkbenchPaths } from './prepare';
import { makeWorkplace } from './workplace';

/** The step that `npm run test:desktop` takes too. */
interface SuitesStep {
  bundleHostSuites(): Promise<string>;
}

/** One session may take so long. */
const patience = 600_000;

/** What each session found; throws when one ended without a word. */
export async function runInExtensionHost(paths: WorkbenchPaths): Promise<readonly HostReport[]> {
  const { bundleHostSuites } = (await import(pathToFileURL(join(paths.root, 'scripts/build/host-suites.mjs')).href)) as SuitesStep;
  const suites = await bundleHostSuites();
  const place = makeWorkplace(paths);
  const reports = join(place.server, 'reports');
  mkdirSync(reports);
  const server = await startCodeServer(paths.codeServer, place.server, { builtIn: themesOnly, testDriver: true, env: { XDESIGN_HOST_REPORTS: reports } });
  const browser = await openBrowser(paths);
  const output: string[] = [];
  try {
    const page = await newWorkbenchPage(browser);
    let ended = Promise.withResolvers<void>();
    await page.exposeFunction('codeAutomationExit', () => ended.resolve());
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => output.push(args.join(' ')));
    const address = addressOf(server.url, place.workspace, suites, paths.root);
    const found: HostReport[] = [];
    for (const session of sessions.keys()) {
      ended = Promise.withResolvers();
      const timeout = setTimeout(() => ended.reject(new Error(`The extension host said nothing for ${patience / 1000} s.`)), patience);
      await (session === 0 ? page.goto(address) : page.reload());
      await ended.promise.finally(() => clearTimeout(timeout));
      found.push(JSON.parse(readFileSync(join(reports, `${session}.json`), 'utf8')) as HostReport);
    }
    return found;
  } catch (error) {
    throw new Error(`No report of the extension host. Its log ends:\n${output.slice(-40).join('\n')}`, { cause: error });
  } finally {
    await browser.close();
    await server.stop();
    place.remove();
  }
}

function addressOf(url: string, workspace: string, suites: string, root: string): string {
  // code-server calls its remote machine by the address that the page came from.
  const remote = (path: string): string => `vscode-remote://${new URL(url).host}${path}`;
  const payload = [
    // VS Code asks for a folder of the extension under test; the one that is tested is installed, so this one is empty.
    ['extensionDevelopmentPath', remote(join(root, 'test/workbench/harness/empty-extension'))],
    ['extensionTestsPath', remote(suites)],
    ['skipWelcome', 'true'],
  ];
  return `${url}/?folder=${encodeURIComponent(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
