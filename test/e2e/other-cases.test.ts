/* Cases of another kind than the ordinary one: a contrast of 683 000, and the network of the paper. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { buildCommand, type Command } from './command';
import { readRunJson } from './run-json';
import { createWorkplace, heatingCase, leastCase, smallCase, type Workplace } from './workplace';

let command: Command;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

function workplace(text: string): Workplace {
  const place = createWorkplace(text);
  onTestFinished(place.remove);
  return place;
}

const summaryOf = (lines: readonly string[]) => {
  const { arms: [{ designs }], ...summary } = readRunJson(lines).cases[0]!;
  return { ...summary, designs };
};

test('heating aluminum with a foam 683 000 times softer ends with designs of little expansion', async () => {
  const place = workplace(heatingCase());
  const { code, lines } = await command.run('run', place.file, '--json');
  expect(code).toBe(0);
  const { database, learning, designs } = summaryOf(lines);
  expect(Object.keys(learning.r2)).toEqual(['x', 'y']);
  // The foam does not expand, aluminum does by 23.6e-6/K.
  expect(Math.max(database.best.x, database.best.y)).toBeGreaterThan(5e-6);
  expect(Math.max(database.best.x, database.best.y)).toBeLessThan(23.6e-6);
  expect(designs.length).toBeGreaterThan(2);
  for (const { properties, periodic, feasible, objectiveValue, beatsDatabase } of designs) {
    const { alphax, alphay } = properties;
    expect(Math.min(alphax, alphay)).toBeGreaterThan(0);
    expect(objectiveValue).toBe(Math.max(alphax, alphay));
    expect(beatsDatabase).toBe(objectiveValue < Math.max(database.best.x, database.best.y));
    expect(feasible).toBe(Math.abs(alphax - alphay) < 0.1 * Math.min(alphax, alphay));
    // The periodic test stands beside the case's own, because it may tell otherwise.
    expect(periodic.alphax).toBeGreaterThan(0);
    expect(periodic.Gxy).toBeGreaterThan(0);
  }
  const values = designs.filter(({ feasible }) => feasible).map(({ objectiveValue }) => objectiveValue);
  expect(values).toEqual(values.toSorted((a, b) => a - b));
  const manifest = JSON.parse(readFileSync(join(place.runFolder, 'results/Expansion/manifest.json'), 'utf8')) as { learning: { networks: object[] }; solvers: { test: string; residual: number }[] };
  expect(manifest.learning.networks).toMatchObject([{ serves: ['x', 'y'] }]);
  expect(manifest.solvers.map(({ test: name }) => name)).toEqual(['heating', 'heating', 'periodic']);
});

test('porous cells of the least Poisson’s ratio: images without a load path are left out, and no number is NaN', async () => {
  const place = workplace(`material Solid { young 100 GPa  poisson 0.3  expansion 1e-5 1/K }
    database Porous { size 100  resolution 32  fraction 0.55 .. 0.6  seed 7  cells 60% { kind network  count 6 .. 14 }  spinodal 40% { wavenumber 2 .. 4 } }
    case Auxetic {
      white Solid  black void  from Porous  test periodic  minimize poisson along x, y  subject to E > 1 GPa
      learn compact { epochs 1  batch 16 }  explain gradram { outliers bottom 30%  threshold 0.1  layer stage-2 }
      construct mirror { patch 5  prune 2 }  compare control
    }`);
  const { code, lines, errors } = await command.run('run', place.file, '--json');
  expect(code).toBe(0);
  expect(errors).toMatch(/^information no-load-path In \d+ of 100 images /m);
  const { database, designs } = summaryOf(lines);
  expect(Math.max(database.best.x, database.best.y)).toBeLessThan(0.3);
  expect(designs.length).toBeGreaterThan(0);
  for (const { objectiveValue } of designs) {
    expect(objectiveValue).toBeTypeOf('number');
    expect(objectiveValue).toBeGreaterThan(-1);
  }
  const results = join(place.runFolder, 'results/Auxetic');
  for (const file of ['report.html', 'designs.csv', 'manifest.json']) expect(readFileSync(join(results, file), 'utf8'), file).not.toMatch(/NaN|undefined|Infinity/);
  expect(readFileSync(join(results, 'report.html'), 'utf8')).toContain('no-load-path');
});

test('resnet18 trains and shows critical regions', async () => {
  const place = workplace(smallCase({ ...leastCase, learn: 'resnet18 { epochs 1  batch 64  directions shared }' }));
  const { code, lines, errors } = await command.run('run', place.file, '--json', '--workers', '1');
  expect({ code, errors: errors.replace(/^( .*|Case .*|.*warning few-(outliers|exceptional-images).*)\n/gm, '') }).toEqual({ code: 0, errors: '' });
  const { learning, designs } = summaryOf(lines);
  expect(Object.keys(learning.r2)).toEqual(['x', 'y']);
  expect(designs.length).toBeGreaterThan(0);
  const manifest = JSON.parse(readFileSync(join(place.runFolder, 'results/Stiffness/manifest.json'), 'utf8')) as object;
  expect(manifest).toMatchObject({ learning: { network: 'resnet18', networks: [{ serves: ['x', 'y'], parameterCount: 11_170_753 }] } });
});

test('the TensorFlow.js backend that the command asks for computes, and the manifest says why; one that is not installed is a finding', async () => {
  const place = workplace(smallCase(leastCase));
  expect(await command.run('run', place.file, '--backend', 'wasm')).toMatchObject({ code: 0 });
  const manifestPath = join(place.runFolder, 'results/Stiffness/manifest.json');
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as object;
  expect(manifest).toMatchObject({ overrides: { backend: 'wasm' }, learning: { backend: 'wasm', backendReason: 'as the case or the command asks' } });

  const { code, errors } = await command.run('run', place.file, '--backend', 'node-gpu');
  expect(code).toBe(1);
  expect(errors).toMatch(/^error backend-unavailable TensorFlow\.js backend node-gpu is not available: .*@tensorflow\/tfjs-node-gpu/m);
  expect(JSON.parse(readFileSync(manifestPath, 'utf8'))).toEqual(manifest);
});
