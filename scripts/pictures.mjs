/*
 * `npm run pictures`: the README's pictures of the extension, taken anew. The tests that look through the window
 * take them; docs/images gets them.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Name in docs/images: name among the tests' screenshots. */
const pictures = {
  'editor-runs': 'runs-view',
  'editor-heat-map': 'stiffness-heat-map-dark',
  'editor-database': 'stiffness-database-light',
};

const { status } = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--project', 'workbench', 'test/workbench/window-run.test.ts'], { cwd: root, stdio: 'inherit' });
if (status === 0) {
  for (const [to, from] of Object.entries(pictures)) copyFileSync(join(root, '.build/workbench/screenshots', `${from}.png`), join(root, 'docs/images', `${to}.png`));
}
process.exitCode = status ?? 1;
