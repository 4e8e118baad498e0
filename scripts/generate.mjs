/*
 * Writes everything that is generated from the language's grammar: the parser's tables and the types of the syntax tree
 * (language/src/generated) and the colors of editors (language/syntaxes). `npm run generate` writes
 * them; `--check` writes nothing and exits 1 with the names of files that are out of date.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { completeTextMate } from './generate/complete-text-mate.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const config = 'language/langium-config.json';
const grammar = 'language/src/xdesign.langium';
const textMate = 'language/syntaxes/xdesign.tmLanguage.json';
const generated = ['ast', 'grammar', 'module'].map((name) => `language/src/generated/${name}.ts`);

const unknown = process.argv.slice(2).filter((argument) => argument !== '--check');
if (unknown.length > 0) {
  console.error(`Unknown argument ${unknown[0]}. Usage: node scripts/generate.mjs [--check]`);
  process.exit(2);
}

let fresh;
try {
  fresh = generate();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const stale = [...fresh].filter(([path, content]) => content !== current(path)).map(([path]) => path);
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`Not what ${grammar} gives: ${stale.join(', ')}. Run \`npm run generate\` and commit the result.`);
    process.exit(1);
  }
  console.log(`${fresh.size} generated files are current.`);
} else {
  for (const path of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), fresh.get(path));
  }
  console.log(stale.length === 0 ? 'Nothing to do: generated files are current.' : `Wrote ${stale.join(', ')}.`);
}

/** Path → content of every generated file, made in a temporary folder, so that no incomplete file is left. */
function generate() {
  const folder = join(root, '.build', `generate-${process.pid}`);
  try {
    for (const path of [...generated, textMate]) mkdirSync(dirname(join(folder, path)), { recursive: true });
    for (const path of [grammar, config]) copyFileSync(join(root, path), join(folder, path));
    runLangium(join(folder, config));
    const read = (path) => readFileSync(join(folder, path), 'utf8');
    return new Map([...generated.map((path) => [path, read(path)]), [textMate, completeTextMate(read(textMate), read(grammar))]]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runLangium(config) {
  const command = join(root, 'node_modules/langium-cli/bin/langium.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'generate', '-f', config], { encoding: 'utf8' });
  // Langium warns on its standard output, and a grammar must have no warnings.
  if (status !== 0 || !stdout.includes('successfully') || /warning|Warning/.test(stdout + stderr)) {
    throw new Error(`${grammar} has faults:\n${stdout}${stderr}`);
  }
}

function current(path) {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
