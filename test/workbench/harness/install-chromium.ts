/* Chromium for the tests that look through a window: the system's, Debian's where there is root, else Playwright's. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { cacheFolder } from './cache';
import { runProgram } from './run-program';

/** Where systems keep it. */
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The program's path; it is installed if there is none, if need be by the Playwright of the project at `root`. */
export async function installChromium(root: string, say: (line: string) => void): Promise<string> {
  const found = [process.env['CHROMIUM'], ...places].find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say("installing Debian's chromium with apt-get");
    // The panels and the workbench may come here at the same time, and apt-get refuses a second process: it waits, and finds Chromium there.
    const install = 'test -x /usr/bin/chromium || { apt-get update --quiet && apt-get install --yes --quiet --no-install-recommends chromium; }';
    await runProgram('flock', [join(tmpdir(), 'xdesign-apt-get.lock'), 'sh', '-c', install], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    return '/usr/bin/chromium';
  }
  // Playwright keeps its browsers where this says, and finds them there again.
  process.env['PLAYWRIGHT_BROWSERS_PATH'] = join(cacheFolder, 'browsers');
  if (!existsSync(chromium.executablePath())) {
    say('installing Chromium with Playwright');
    await runProgram(process.execPath, [join(root, 'node_modules/playwright-core/cli.js'), 'install', 'chromium']);
  }
  return chromium.executablePath();
}
