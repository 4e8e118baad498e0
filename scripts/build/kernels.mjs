/*
 * Compiles each `src/engine/kernels/assembly/NAME.ts` (AssemblyScript) to WebAssembly and writes it
 * as `src/engine/kernels/compiled/NAME.ts`, a module that exports the bytes: so the engine needs no
 * file access, and bundles and tests get the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = join(root, 'src/engine/kernels/assembly');
const compiled = join(root, 'src/engine/kernels/compiled');

export async function buildKernels() {
  if (!existsSync(sources)) return;
  mkdirSync(compiled, { recursive: true });
  for (const file of readdirSync(sources).filter((name) => name.endsWith('.ts'))) {
    const name = file.slice(0, -3);
    const wasm = join(compiled, `${name}.wasm`);
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/assemblyscript/bin/asc.js'),
        join(sources, file),
        '--outFile', wasm,
        '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory', '--memoryBase', '1024',
      ],
      { stdio: 'inherit' },
    );
    const bytes = readFileSync(wasm);
    rmSync(wasm);
    writeFileSync(
      join(compiled, `${name}.ts`),
      `// Compiled from kernels/assembly/${file} by scripts/build/kernels.mjs; do not edit.\nexport const bytes = new Uint8Array([${[...bytes].join(',')}]);\n`,
    );
  }
}
