/* The engine for scripts that draw or measure: Node reads neither its imports nor all of its TypeScript, so it is bundled on the way. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What these modules of the engine export, as one object; they are named as in `#engine/…`. */
export async function loadEngine(modules) {
  const { outputFiles: [bundle] } = await build({
    stdin: { contents: modules.map((name) => `export * from '#engine/${name}';`).join('\n'), resolveDir: root },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
  });
  return import(`data:text/javascript;base64,${Buffer.from(bundle.text).toString('base64')}`);
}
