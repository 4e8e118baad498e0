import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

/** A browser without a window of its own. */
export async function launchChromium(executablePath: string): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), 'xdesign-chromium-'));
  const browser = await chromium.launch({
    executablePath,
    // Root has no sandbox.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    // Else it writes crash reports into the user's own folder.
    env: { ...process.env, HOME: home } as Record<string, string>,
  });
  browser.once('disconnected', () => rmSync(home, { recursive: true, force: true }));
  return browser;
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
