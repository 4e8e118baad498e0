/*
 * The lint rules bite: one bad line each, and beside it the good line that says the same thing.
 */
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const eslint = new ESLint({ cwd: fileURLToPath(new URL('../..', import.meta.url)) });

/** The rules that the text breaks, each once. */
async function broken(filePath: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return [...new Set(result?.messages.map((message) => message.ruleId ?? `cannot parse: ${message.message}`))];
}

const engineFile = 'src/engine/fem/solve.ts';
const unitsFile = 'src/units/quantity.ts';
/** A file that is there: the rules that need types ask its project. */
const runnerFile = 'src/runner/run.ts';
const testFile = 'test/engine/fem/solve.test.ts';

const bad: readonly (readonly [what: string, file: string, text: string, rule: string])[] = [
  ['a default export', unitsFile, 'export default function run() {}', 'no-restricted-syntax'],
  ['an enum', unitsFile, 'export enum Phase { White, Black }', 'no-restricted-syntax'],
  ['a namespace', unitsFile, 'export namespace Phases { export const white = 1; }', 'no-restricted-syntax'],
  ['any', unitsFile, 'export const x = (y: any) => y;', '@typescript-eslint/no-explicit-any'],
  ['a silenced compiler', unitsFile, '// @ts-ignore\nexport const x = 1;', '@typescript-eslint/ban-ts-comment'],
  ['a loose comparison', unitsFile, 'export const x = (y: unknown) => y == 1;', 'eqeqeq'],
  ['a needless let', unitsFile, 'let x = 1;\nexport const y = x;', 'prefer-const'],
  ['var', unitsFile, 'export var x = 1;', 'no-var'],
  ['a swallowed error', unitsFile, 'try { close(); } catch {}\nfunction close() {}', 'no-empty'],
  ['text run as code', unitsFile, 'eval("1");', 'no-eval'],
  ['text made a function', unitsFile, 'export const x = new Function("1");', 'no-new-func'],
  ['a shadowed undefined', unitsFile, 'export const x = (undefined: number) => undefined;', 'no-shadow-restricted-names'],
  ['debugger', unitsFile, 'debugger;', 'no-debugger'],
  ['a needless silencing', unitsFile, '// eslint-disable-next-line no-var\nexport const x = 1;', 'cannot parse: Unused eslint-disable directive (no problems were reported from \'no-var\').'],
  ['.ts in an import', unitsFile, "export { x } from './x.ts';", 'no-restricted-imports'],

  ['unseeded randomness in the engine', engineFile, 'export const x = Math.random();', 'no-restricted-syntax'],
  ['unseeded randomness in the language', 'language/src/checks/x.ts', 'export const x = Math.random();', 'no-restricted-syntax'],
  ['a default export in the engine', engineFile, 'export default 1;', 'no-restricted-syntax'],
  ['a locale in the engine', engineFile, 'export const x = (1).toLocaleString();', 'no-restricted-syntax'],
  ['a clock in the engine', engineFile, 'export const x = Date.now();', 'no-restricted-globals'],
  ['a clock in display', 'src/display/durations.ts', 'export const x = Date.now();', 'no-restricted-globals'],
  ['a clock in the domain', 'src/domain/case.ts', 'export const x = Date.now();', 'no-restricted-globals'],
  ['a clock reached round the corner', engineFile, 'export const x = globalThis.performance.now();', 'no-restricted-globals'],
  ['a console in the engine', engineFile, "console.log('x');", 'no-restricted-globals'],
  ['a console in the language', 'language/src/x.ts', "console.log('x');", 'no-restricted-globals'],
  ['the process in the engine', engineFile, 'export const x = process.argv;', 'no-restricted-globals'],

  ['a promise nobody waits for', runnerFile, 'async function x() {}\nx();', '@typescript-eslint/no-floating-promises'],
  ['a promise taken for a truth', runnerFile, 'async function x() { return true; }\nif (x()) throw new Error();', '@typescript-eslint/no-misused-promises'],

  ['a skipped test', testFile, "test.skip('x', () => {});", 'no-restricted-syntax'],
  ['a lonely test', testFile, "describe.only('x', () => {});", 'no-restricted-syntax'],
  ['an import by path in a test', testFile, "import { x } from '../../../src/engine/x';\nexport const y = x;", 'no-restricted-imports'],

  ['"sdf" in a name', engineFile, 'export const drawnSdf = 1;', 'house/forbidden-words'],
  ['"SDF" in a name', engineFile, 'export function SDFOf() {}', 'house/forbidden-words'],
  ['"sample" in a name', engineFile, 'export const firstSample = 1;', 'house/forbidden-words'],
  ['"samples" as a parameter', engineFile, 'export const count = (samples: number) => samples;', 'house/forbidden-words'],
  ['"sample" as a member of a type', engineFile, 'export interface Batch { readonly sample: number }', 'house/forbidden-words'],
  ['a bare "model"', engineFile, 'export const model = 1;', 'house/forbidden-words'],
  ['a bare "Model" type', engineFile, 'export type Model = number;', 'house/forbidden-words'],
  ['"SDF" in a comment', engineFile, '// The SDF of the field.\nexport const x = 1;', 'house/forbidden-words'],

  ['a name in camelCase', 'src/engine/fem/solveSystem.ts', 'export const x = 1;', 'house/file-name'],
  ['a name with an underscore', 'scripts/build_kernels.mjs', 'export const x = 1;', 'house/file-name'],
  ['a drawer', 'src/engine/fem/utils.ts', 'export const x = 1;', 'house/file-name'],
  ['a folder of drawers', 'src/units/helpers/x.ts', 'export const x = 1;', 'house/file-name'],
  ['a forbidden word as a file', 'src/engine/fem/sample-grid.ts', 'export const x = 1;', 'house/file-name'],
  ['a file of 401 lines', engineFile, `export const x = 1;\n${'//\n'.repeat(400)}`, 'house/file-length'],
  ['a script of 401 lines', 'scripts/build.mjs', `export const x = 1;\n${'//\n'.repeat(400)}`, 'house/file-length'],
  ['a file of 301 lines (warning)', engineFile, `export const x = 1;\n${'//\n'.repeat(300)}`, 'max-lines'],
];

describe('lint refuses', () => {
  test.each(bad)('%s', async (_what, file, text, rule) => {
    expect(await broken(file, text)).toContain(rule);
  });

  test('by rules that are each broken above', async () => {
    const configs = await Promise.all([engineFile, runnerFile, testFile].map((file) => eslint.calculateConfigForFile(file) as Promise<{ rules: Record<string, [number]> }>));
    const active = configs.flatMap(({ rules }) => Object.keys(rules).filter((name) => rules[name]![0] !== 0));
    expect(active.filter((name) => !bad.some(([, , , rule]) => rule === name))).toEqual([]);
    expect(active).toContain('house/forbidden-words');
  });
});

describe('lint allows', () => {
  test.each([
    ['a default export that a tool reads', 'vitest.config.ts', 'export default {};'],
    ['a clock in the runner', runnerFile, 'export const started = Date.now();'],
    ['words inside other words', engineFile, 'export const resampled = 1;\nexport const viewModel = 2;\nexport const remodel = 3;'],
    ["a third party's names, called and cited", engineFile, "import { sample as draw } from 'other';\nexport const x = draw('SDF').model;"],
    ['an error that is handled', unitsFile, 'export function x() { try { return 1; } catch (error) { return error; } }'],
    ['a file of 300 lines', engineFile, `export const x = 1;\n${'//\n'.repeat(299)}`],
    ['a long test', testFile, `export const x = 1;\n${'//\n'.repeat(500)}`],
    ['a name of a test', 'test/house/file-length.test.ts', 'export const x = 1;'],
  ])('%s', async (_what, file, text) => {
    expect(await broken(file, text)).toEqual([]);
  });
});
