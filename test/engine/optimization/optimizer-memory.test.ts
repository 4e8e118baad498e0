/* What an optimizer is said to take: the memories of its kernels, and room for what it keeps besides. */
import { expect, test } from 'vitest';
import { hasMirrors, optimizationSymmetries } from '#domain/optimization';
import { virtualTests } from '#domain/virtual-tests';
import { createRng } from '#engine/core/rng';
import { createGraySystem } from '#engine/fem/gray/gray-equations';
import { testerMemory } from '#engine/fem/virtual-tests/solver-table';
import { optimizerMemory } from '#engine/optimization/optimizer-memory';
import { startOfFamily } from '#engine/optimization/starts';
import { encodeState } from '#engine/optimization/state';
import { optimizerOf, startedState } from '#test/support/optimization-problem';
import { aluminumInFoam, boronInAluminum } from '#test/support/virtual-test-phases';

const systems = { periodic: ['periodic'], compression: ['compression'], heating: ['compression', 'heating'] } as const;

test.each(virtualTests)('%s: kernels of every size, and as much again for what is passed on', (kind) => {
  for (const symmetry of optimizationSymmetries) {
    for (const n of [128, 256]) {
      const isMirrored = kind === 'periodic' && hasMirrors(symmetry);
      const names = isMirrored ? (['mirrored'] as const) : systems[kind];
      const kernels = names.reduce((sum, name) => sum + createGraySystem(name, isMirrored ? n / 2 : n).memory.doubles.buffer.byteLength, 0);
      const told = optimizerMemory(n, boronInAluminum, { kind, plane: 'plane-stress' }, symmetry);
      expect(told).toBeGreaterThan(1.5 * kernels);
      expect(told).toBeLessThan(5 * kernels);
    }
  }
});

test.each(['mirror', 'none'] as const)('a state of symmetry %s fits several times', (symmetry) => {
  const n = 64;
  for (const kind of ['periodic', 'compression'] as const) {
    const optimizer = optimizerOf({ resolution: n, test: kind, phases: boronInAluminum }, { symmetry });
    let state = startedState(optimizer, startOfFamily('noise', optimizer.orbits, 0.4, createRng(1)));
    for (let k = 0; k < 3; k++) state = optimizer.advance(state);
    const bytes = Object.values(encodeState(state).arrays).reduce((sum, { byteLength }) => sum + byteLength, 0);
    const told = optimizerMemory(n, boronInAluminum, { kind, plane: 'plane-stress' }, symmetry);
    expect(told).toBeGreaterThan(3 * bytes);
    expect(told).toBeLessThan(15 * bytes);
  }
});

test('a large contrast has the factor of a direct solver', () => {
  const settings = { kind: 'compression', plane: 'plane-stress' } as const;
  const [low, high] = [boronInAluminum, aluminumInFoam].map((phases) => optimizerMemory(256, phases, settings, 'mirror')) as [number, number];
  expect(high - low).toBeCloseTo(testerMemory(256, aluminumInFoam, settings, false).total, 0);
});
