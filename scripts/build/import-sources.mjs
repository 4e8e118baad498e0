/* The program's own sources for scripts, which run without a build of theirs. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What a module of these lines of TypeScript exports; its imports are as in the sources, such as `#display/numbers`. */
export async function importSources(lines) {
  const { outputFiles: [file] } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: root, sourcefile: 'sources.ts', loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node22.13',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(file.contents).toString('base64')}`);
}
