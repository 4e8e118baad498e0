/*
 * Writes an example of an export in all formats into a folder, for read-exports.py:
 *
 *     npx node -e "import('./scripts/build/bundles.mjs').then((build) => build.bundlePrograms({ write: 'test/golden/exports/write-example.ts', hdf5: 'h5wasm/node' }, 'written'))"
 *     npx node written/write.mjs test/golden/exports
 */
import { dataFormats } from '#domain/data-exports';
import { writeData } from '#runner/export/data/export-data';
import { exportExample } from '#test/support/export-example';

const written = await writeData(exportExample, 'example', { formats: dataFormats, folder: process.argv[2]! });
if (!written.ok) throw new Error(JSON.stringify(written.findings));
