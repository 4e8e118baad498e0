import { expect, test } from 'vitest';
import { ownArm, refinedArm } from '#domain/arms';
import type { DesignCase } from '#domain/case';
import { optimizerMemory, testerMemory } from '#engine/api';
import { refuseTest, refuseWorkers } from '#runner/estimate/refuse-memory';
import { machineMemory } from '#runner/machine';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const gibibyte = 2 ** 30;
const planned = { phases: aluminumInFoam, kind: 'compression', plane: 'plane-stress', mirrored: false } as const;

test('what fits is not refused', () => {
  expect(refuseTest({ ...planned, resolution: 128 }, 0.2 * gibibyte)).toBeUndefined();
  expect(refuseTest({ ...planned, resolution: 1024 }, 4 * gibibyte)).toBeUndefined();
});

test('what may be allowed names the option that allows it', () => {
  const refused = refuseTest({ ...planned, resolution: 1024 }, 2 * gibibyte);
  expect(refused).toMatchObject({ code: 'test-exceeds-memory', severity: 'error' });
  expect(refused!.message).toMatch(/1024 × 1024 pixels takes 2\.7 GiB of memory; 2\.0 GiB are allowed/);
  expect(refused!.remedy).toMatch(/--memory 3/);
  expect(refuseTest({ ...planned, resolution: 1024 }, 3 * gibibyte)).toBeUndefined();
});

test('what no solver can address is refused whatever is allowed, a mirrored cell only as long as it is not', () => {
  const whole = refuseTest({ ...planned, resolution: 2048 }, 1000 * gibibyte);
  expect(whole!.message).toMatch(/takes 11\.\d GiB of memory; a solver can have 4\.0 GiB/);
  expect(whole!.remedy).not.toMatch(/--memory/);
  expect(whole!.remedy).toMatch(/1024 × 1024/);
  const mirrored = { ...planned, kind: 'periodic', mirrored: true, resolution: 2048 } as const;
  expect(refuseTest(mirrored, 4 * gibibyte)!.remedy).toMatch(/--memory 6/);
  expect(refuseTest(mirrored, 6 * gibibyte)).toBeUndefined();
});

test.each(['periodic', 'compression'] as const)('%s by iterations needs no factor, so 2048 pixels fit at low contrast', (kind) => {
  const test = { ...planned, kind, phases: boronInAluminum, resolution: 2048 };
  expect(refuseTest(test, gibibyte)).toBeUndefined();
  expect(refuseTest(test, 0.5 * gibibyte)!.message).toMatch(/takes 0\.[67] GiB of memory; 0\.5 GiB are allowed/);
});

const optimization = { filter: 3, symmetry: 'mirror', best: 10, starts: 24, from: ['noise'] } as const;
const own = ownArm('mirror');
const problem = { database: { resolution: 1024 }, phases: aluminumInFoam, plane: 'plane-stress', test: 'compression', optimization, arms: [own] } as unknown as DesignCase;

test('threads are refused that need more than the machine has, and told how many it takes', () => {
  expect(refuseWorkers(problem, 2, 6 * gibibyte, true)).toBeUndefined();
  const refused = refuseWorkers(problem, 8, 6 * gibibyte, true);
  expect(refused).toMatchObject({ code: 'workers-exceed-memory', severity: 'error' });
  expect(refused!.message).toMatch(/2\.6 GiB of memory on each of 8 threads; this machine has 6\.0 GiB/);
  expect(refused!.remedy).toMatch(/--workers 2/);
  expect(refuseWorkers(problem, 1, gibibyte, true)!.remedy).toBe('Use a lower resolution.');
});

test('optimizers next to the testers are refused, unless the run stops before them', () => {
  const refining = { ...problem, arms: [own, refinedArm(own)] } as unknown as DesignCase;
  const low = { ...refining, phases: boronInAluminum } as DesignCase;
  const taken = optimizerMemory(1024, boronInAluminum, { kind: 'compression', plane: 'plane-stress' }, 'mirror') + testerMemory(1024, boronInAluminum, { kind: 'compression', plane: 'plane-stress' }, false).total;
  expect(refuseWorkers(low, 2, 2 * taken, true)).toBeUndefined();
  const refused = refuseWorkers(low, 2, 1.9 * taken, true);
  expect(refused).toMatchObject({ code: 'workers-exceed-memory', severity: 'error' });
  expect(refused!.message).toMatch(/^A topology optimization with the test compression of 1024 × 1024 pixels takes 1\.\d GiB of memory on each of 2 threads; this machine has 2\.\d GiB\.$/);
  expect(refused!.remedy).toBe('Use `--workers 1` or a lower resolution, or leave out `refine optimization` and `compare optimization`.');
  expect(refuseWorkers(low, 2, 1.9 * taken, false)).toBeUndefined();
  expect(refuseWorkers({ ...low, arms: [own] } as DesignCase, 2, 1.9 * taken, true)).toBeUndefined();
  // A large contrast has a second factor.
  expect(refuseWorkers(problem, 2, 7 * gibibyte, true)).toBeUndefined();
  expect(refuseWorkers(refining, 2, 7 * gibibyte, true)!.remedy).toMatch(/^Use `--workers 1`/);
});

test('the machine has some memory', () => {
  expect(machineMemory()).toBeGreaterThan(2 ** 27);
  expect(machineMemory()).toBeLessThan(2 ** 50);
});
