/*
 * Bundles the inside of the panels into dist/media: one NAME.js and NAME.css per panel, named as in
 * src/protocol/panel-messages.ts. Nothing is shared between them: each further file of a page is another way from
 * the window to the files and back, which may be on different machines.
 */
import { build } from 'esbuild';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readdirSync, rmSync } from 'node:fs';
import { writeWhole } from './write-whole.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Panel: source file. */
export const panels = {
  design: 'media/src/design/main.ts',
  heatMap: 'media/src/heat-map/main.ts',
  skeleton: 'media/src/skeleton/main.ts',
  database: 'media/src/database/main.ts',
  training: 'media/src/training/main.ts',
  optimization: 'media/src/optimization/main.ts',
};

/** The browser of the oldest editor that the extension runs in. */
const target = 'chrome138';

export async function buildMedia(folder = join(root, 'dist/media')) {
  const files = await bundleForBrowser(panels, folder);
  for (const { path, contents } of files) writeWhole(path, contents);
  // Files of an earlier build are removed.
  const names = new Set(files.map(({ path }) => basename(path)));
  for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(join(folder, name));
}

/** Entry points (name: source file relative to the root) as files of a folder, in memory. */
export async function bundleForBrowser(entryPoints, folder) {
  const { outputFiles } = await build({
    entryPoints,
    outdir: folder,
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    target,
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'eof',
    logLevel: 'warning',
  });
  return outputFiles;
}
