/*
 * The .vsix of the extension: one file for every platform, with the WebAssembly backend. Its contents are the
 * allow-list in .vscodeignore; nothing else has to be installed.
 */
import { createVSIX } from '@vscode/vsce';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildBundles } from './bundles.mjs';
import { buildMedia } from './media.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Largest size of the file, bytes: it is downloaded before anything can be tried. */
const largest = 15e6;

/** Builds dist/ from the sources as they are, packs it, and reports the size of the file. */
export async function packageExtension(file) {
  await Promise.all([buildBundles(), buildMedia()]);
  await createVSIX({
    cwd: root,
    packagePath: file,
    // Bundles include their packages.
    dependencies: false,
    // Links of the documents are relative to the checkout.
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
  const { size } = statSync(file);
  if (size > largest) throw new Error(`${file} has ${size} bytes; at most ${largest} are wanted.`);
  return size;
}
