import { expect, test } from 'vitest';
import { dissect } from '#engine/fem/dissection';
import { layOutFronts } from '#engine/fem/front-layout';
import { boxSupports, periodicSupports, shearSupports } from '#engine/fem/supports';
import { largestMemory, testerMemory } from '#engine/fem/tester-memory';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const bare = {
  white: { name: 'boron', youngsModulus: 379.3e9, poissonRatio: 0.3 },
  black: { name: 'aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 },
};

test.each([64, 128])('is what the fronts of %i pixels take, within 3 %%', (n) => {
  const bytes = (supports: Parameters<typeof dissect>[0]): number => layOutFronts(dissect(supports), supports.resolution).bytes;
  const expected = [
    [testerMemory(n, boronInAluminum, { kind: 'compression' }, false), bytes(boxSupports(n, 0))],
    [testerMemory(n, boronInAluminum, { kind: 'heating' }, false), bytes(boxSupports(n, 1))],
    [testerMemory(n, bare, { kind: 'periodic' }, false), bytes(periodicSupports(n, 0))],
    [testerMemory(n, boronInAluminum, { kind: 'periodic' }, false), bytes(periodicSupports(n, 1))],
    [testerMemory(2 * n, boronInAluminum, { kind: 'periodic' }, true), bytes(boxSupports(n, 1)) + bytes(shearSupports(n))],
  ] as const;
  for (const [{ total, largest }, truth] of expected) {
    expect(Math.abs(total / truth - 1)).toBeLessThan(0.03);
    expect(largest).toBeLessThanOrEqual(total);
  }
});

test('1024 pixels fit into one memory, 2048 do not, but a mirrored cell of 2048 does by quarters', () => {
  for (const kind of ['compression', 'heating', 'periodic'] as const) {
    expect(testerMemory(1024, boronInAluminum, { kind }, false).largest).toBeLessThan(largestMemory);
    expect(testerMemory(2048, boronInAluminum, { kind }, false).largest).toBeGreaterThan(largestMemory);
  }
  const quarters = testerMemory(2048, boronInAluminum, { kind: 'periodic' }, true);
  expect(quarters.largest).toBeLessThan(largestMemory);
  expect(quarters.total).toBeGreaterThan(largestMemory);
});
