/*
 * The layers' tsconfigs keep the machine out: in a pure layer nobody can even name a file, a console or
 * a document, whatever types its outside packages bring along.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Declaration files, each parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Names that TypeScript cannot find when a file of the layer uses them. */
function unknownNames(tsconfig: string, names: readonly string[], imported: readonly string[]): string[] {
  const path = join(root, tsconfig);
  const { config } = ts.readConfigFile(path, ts.sys.readFile) as { config: object };
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['probe.ts'], references: [] }, ts.sys, dirname(path));
  const probe = join(dirname(path), 'probe.ts');
  const text = [...imported.map((name) => `import '${name}';`), ...names.map((name) => `void ${name};`), 'export {};'].join('\n');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === probe || fileExists(file);
  host.getSourceFile = (file, language) => {
    if (file === probe) return ts.createSourceFile(file, text, language);
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, language));
    return parsed.get(file);
  };
  const program = ts.createProgram([probe], { ...options, noEmit: true, composite: false, emitDeclarationOnly: false, rootDir: root }, host);
  return program.getSemanticDiagnostics(program.getSourceFile(probe)).map(({ start, length }) => text.slice(start, start! + length!));
}

const machine = ['document', 'window', 'console', 'process', 'performance', 'setTimeout', 'fetch', 'require', 'Buffer'];

describe('types keep out of', () => {
  test.each([
    ['units', 'src/units/tsconfig.json', []],
    ['the domain', 'src/domain/tsconfig.json', []],
    ['display', 'src/display/tsconfig.json', []],
    ['the protocol', 'src/protocol/tsconfig.json', []],
    ['language', 'language/tsconfig.json', ['langium']],
    ['the engine', 'src/engine/tsconfig.json', ['pure-rand/generator/xoroshiro128plus', 'd3-delaunay', '@tensorflow/tfjs-core']],
  ])('%s the machine', (_layer, tsconfig, imported) => {
    expect(unknownNames(tsconfig, machine, imported)).toEqual(machine);
  });

  test('the engine files', () => {
    expect(unknownNames('src/engine/tsconfig.json', [], ['node:fs'])).toEqual(["'node:fs'"]);
  });

  test('the runner nothing of Node, but the document', () => {
    expect(unknownNames('src/runner/tsconfig.json', ['document', 'process'], ['node:fs'])).toEqual(['document']);
  });
});
