/*
 * Runs the suites of test/workbench/host inside a real extension host, as VS Code's own browser tests do: the
 * page's address names them, and the window calls back when they are done.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import type { HostReport } from '#test/workbench/host/report';
import { launchChromium } from './chromium';
import { startCodeServer } from './code-server';
import { makeWorkplace } from './workplace';

/** VS Code asks for a folder of the extension under test; the one that is tested is installed, so this one is empty. */
const emptyExtension = fileURLToPath(new URL('./empty-extension', import.meta.url));

/** The step that `npm run test:desktop` takes too. */
interface SuitesStep {
  bundleHostSuites(): Promise<string>;
}

async function bundleSuites(): Promise<string> {
  const { bundleHostSuites } = (await import(new URL('../../../scripts/build/host-suites.mjs', import.meta.url).href)) as SuitesStep;
  return bundleHostSuites();
}

/** The whole run may take so long. */
const patience = 600_000;

/** The suites' results; throws when the host ended without any. */
export async function runInExtensionHost(): Promise<HostReport> {
  const suites = await bundleSuites();
  const place = makeWorkplace();
  const file = join(place.server, 'report.json');
  const server = await startCodeServer(inject('workbench').codeServer, place.server, { testDriver: true, env: { XDESIGN_HOST_REPORT: file } });
  const browser = await launchChromium();
  const output: string[] = [];
  try {
    const page = await browser.newPage();
    const ended = Promise.withResolvers<void>();
    await page.exposeFunction('codeAutomationExit', () => ended.resolve());
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => output.push(args.join(' ')));
    // code-server calls its remote machine by the address that the page came from.
    const remote = (path: string): string => `vscode-remote://${new URL(server.url).host}${path}`;
    const payload = [
      ['extensionDevelopmentPath', remote(emptyExtension)],
      ['extensionTestsPath', remote(suites)],
      ['skipWelcome', 'true'],
    ];
    await page.goto(`${server.url}/?folder=${encodeURIComponent(place.workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
    const timeout = setTimeout(() => ended.reject(new Error(`The extension host said nothing for ${patience / 1000} s.`)), patience);
    await ended.promise.finally(() => clearTimeout(timeout));
    return JSON.parse(readFileSync(file, 'utf8')) as HostReport;
  } catch (error) {
    throw new Error(`No report of the extension host. Its log ends:\n${output.slice(-40).join('\n')}`, { cause: error });
  } finally {
    await browser.close();
    await server.stop();
    place.remove();
  }
}
