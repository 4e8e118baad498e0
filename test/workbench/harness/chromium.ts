import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { inject } from 'vitest';

/** A browser without a window. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: inject('workbench').chromium,
    // Root has no sandbox.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    // Else it writes crash reports into the user's own folder.
    env: { ...process.env, HOME: mkdtempSync(join(tmpdir(), 'xdesign-chromium-')) } as Record<string, string>,
  });
}
