import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type BrowserServer, type LaunchOptions, type Page } from 'playwright-core';
import type { WorkbenchPaths } from './prepare';

/** A browser without a window of its own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  const { remove, ...options } = launchOptions(executablePath);
  const browser = await chromium.launch(options);
  browser.once('disconnected', remove);
  return browser;
}

/** Such a browser for several processes one after another: the start of one takes more than two seconds of the processor. */
export async function serveChromium(executablePath: string): Promise<BrowserServer> {
  const { remove, ...options } = launchOptions(executablePath);
  // It ends with this process anyway, whose signals are its own.
  const served = await chromium.launchServer({ ...options, host: '127.0.0.1', handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false });
  served.once('close', remove);
  return served;
}

/** The browser that is served, if one is, else one of the caller's own. Closing it closes the pages that the caller has opened. */
export function openBrowser({ browser, chromium: executablePath }: WorkbenchPaths): Promise<Browser> {
  return browser === undefined ? launchChromium(executablePath) : chromium.connect(browser);
}

/** `remove` takes away the folder that the browser uses. */
function launchOptions(executablePath: string): LaunchOptions & { remove(): void } {
  const home = mkdtempSync(join(tmpdir(), 'xdesign-chromium-'));
  return {
    executablePath,
    // Root has no sandbox.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    // Else it writes crash reports into the user's own folder.
    env: { ...process.env, HOME: home } as Record<string, string>,
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** VS Code's spinners and endless progress bars. */
const endless = '.codicon-modifier-spin, .codicon-loading, .codicon-tree-item-loading::before, .monaco-progress-container.infinite .progress-bit';

/**
 * A page for a workbench, whose endless animations stand still. Without a GPU the processor composites each of their
 * frames: a window that waits for a run takes about 0.7 of a core while they move, and 0.2 while they stand still.
 */
export async function newWorkbenchPage(browser: Browser, options?: BrowserContextOptions): Promise<Page> {
  const page = await browser.newPage(options);
  // A sheet that a script has made, which no content security policy of a page refuses.
  await page.addInitScript({
    content: `{
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('${endless} { animation-play-state: paused !important; }');
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    }`,
  });
  return page;
}
