import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';

const source = pathToFileURL('src/runner/keep-numbers-apart.ts').href;

/**
 * Makes four objects in calls inside one another, of which the innermost throws the compiled code of all away.
 * As `measure` threw while the code was compiled, it never stored a mean, hence left the objects out.
 */
const fourObjects = `
  const made = [];
  let warm = true;
  function measure(depth) {
    if (warm) throw new RangeError('not yet');
    if (depth > 0) made.push(make(depth - 1));
    return depth + 0.5;
  }
  function make(depth) { return { mean: measure(depth), depth }; }
  made.push({ mean: 0.25, depth: -1 });

  %NeverOptimizeFunction(measure);
  %PrepareFunctionForOptimization(make);
  for (let i = 0; i < 10; i++) { try { make(0); } catch (error) { if (!(error instanceof RangeError)) throw error; } }
  %OptimizeMaglevOnNextCall(make);
  try { make(0); } catch (error) { if (!(error instanceof RangeError)) throw error; }

  warm = false;
  made.push(make(3));
  console.log(JSON.stringify(made.slice(1).map(({ mean }) => mean)));
`;

/** What Node prints for `fourObjects` when it has run `before`. */
function meansAfter(before: string): number[] {
  // Read as text, because the calls of V8's test functions are no JavaScript of ours.
  const program = `${before}\n(0, eval)(${JSON.stringify(fourObjects)});`;
  const options = ['--maglev', '--allow-natives-syntax', '--input-type=module', '--eval', program];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' })) as number[];
}

describe('keepNumbersApart', () => {
  test('every object has the number that was written to it', () => {
    expect(meansAfter(`import { keepNumbersApart } from '${source}'; keepNumbersApart();`)).toEqual([0.5, 1.5, 2.5, 3.5]);
  });

  test('is still needed: without it, objects share the number of the last', () => {
    expect(meansAfter('')).toEqual([0.5, 3.5, 3.5, 3.5]);
  });

  test.each([
    ['11.3.244.8-node.38', false],
    ['12.4.254.21-node.33', false],
    ['12.9.202.28-node.14', true],
    ['13.6.233.17-node.53', true],
    ['14.1.1', true],
  ])('sets the flag only where V8 knows it: %s', (v8, isSet) => {
    const disguise = `Object.defineProperty(process, 'versions', { value: { ...process.versions, v8: '${v8}' } })`;
    const means = meansAfter(`import { keepNumbersApart } from '${source}'; ${disguise}; keepNumbersApart();`);
    expect(means).toEqual(isSet ? [0.5, 1.5, 2.5, 3.5] : [0.5, 3.5, 3.5, 3.5]);
  });

  // Threads have the flags of their process.
  test.each(['src/cli/main.ts', 'server/src/main.ts', 'server/src/runs/run-main.ts', 'server/src/views/views-main.ts'])('%s calls it first', (program) => {
    const statements = readFileSync(program, 'utf8').replaceAll(/\/\*.*?\*\/|^import .*?;$|^\/\/.*$/gms, '');
    expect(statements.trimStart()).toMatch(/^keepNumbersApart\(\);/);
  });
});
