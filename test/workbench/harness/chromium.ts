import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

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
