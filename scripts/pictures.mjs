/*
 * `npm run pictures`: updates the images of the README and of docs/own-images.md. Those of the extension are screenshots
 * of the workbench tests; the strip from image to design is the first one in the report of the quickstart.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictureOf = (name) => join(root, 'docs/images', `${name}.png`);

/** Name in docs/images: name among the tests' screenshots. */
const screenshots = {
  'editor-runs': 'runs-view',
  'editor-heat-map': 'stiffness-heat-map-dark',
  'editor-database': 'stiffness-database-light',
};

function run(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

run([join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'workbench', 'test/workbench/window-run.test.ts'], { XDESIGN_PICTURE_RESOLUTION: '128' });
for (const [to, from] of Object.entries(screenshots)) copyFileSync(join(root, '.build/workbench/screenshots', `${from}.png`), pictureOf(to));

const folder = join(root, '.build/quickstart');
run([join(root, 'bin/xdesign.mjs'), 'run', join(root, 'examples/quickstart.xdesign'), '--out', folder]);
// The Chromium that the workbench tests have installed.
const browser = await chromium.launch({ executablePath: existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : chromium.executablePath(), args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1120, height: 900 }, colorScheme: 'light' });
await page.goto(pathToFileURL(join(folder, 'results/Stiffness/report.html')).href);
await page.locator('article.strip').first().screenshot({ path: pictureOf('quickstart-strip') });
await browser.close();

run([join(root, 'examples/own-images/pictures.mjs')]);
