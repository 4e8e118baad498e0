/* `npm run package [FILE]`: the extension as a .vsix, by default dist/xdesign.vsix. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packageExtension } from './build/package.mjs';

const file = process.argv[2] ?? join(fileURLToPath(new URL('..', import.meta.url)), 'dist/xdesign.vsix');
const size = await packageExtension(file);
console.log(`${file}: ${(size / 1e6).toFixed(1)} MB`);
