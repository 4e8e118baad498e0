import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { solverNames, type VirtualTestResult } from '#engine/fem/virtual-test';
import { runVirtualTest } from '#engine/fem/virtual-tests/run-virtual-test';
import { concatenateArrays } from '#engine/core/artifact';
import { decodeTests, encodeTests } from '#engine/pipeline/test-columns';
import { spottedImage } from '#test/support/spotted-image';
import { aluminumInFoam } from '#test/support/virtual-test-phases';

const kinds = ['compression', 'heating', 'periodic'] as const;

test.each(kinds)('the results of %s come back as they were, and no other properties', (kind) => {
  const results = [1, 2, 3].map((seed) => runVirtualTest(spottedImage(16, seed), aluminumInFoam, { kind, plane: 'plane-strain' }));
  expect(decodeTests(structuredClone(encodeTests(results)))).toStrictEqual(results);
});

/** Results of one kind with any numbers, and any of the properties that only some tests give. */
const anyResults: fc.Arbitrary<VirtualTestResult[]> = fc
  .record({
    kind: fc.constantFrom<VirtualTestKind>(...kinds),
    solvers: fc.infiniteStream(fc.constantFrom(...solverNames)),
    has: fc.record({ expansion: fc.boolean(), periodic: fc.boolean(), estimate: fc.boolean() }),
    rows: fc.array(fc.array(fc.double({ noNaN: true }), { minLength: 20, maxLength: 20 }), { minLength: 1, maxLength: 5 }),
  })
  .map(({ kind, solvers, has, rows }) =>
    rows.map(([f, Ex, Ey, nuxy, nuyx, Gxy, ax, ay, unknowns, iterations, residual, ...stiffness]) => ({
      kind,
      volumeFraction: f!,
      youngsModulus: { x: Ex!, y: Ey! },
      poissonRatio: { x: nuxy!, y: nuyx! },
      ...(has.periodic && { shearModulus: Gxy!, stiffness: Float64Array.from(stiffness) }),
      ...(has.expansion && { thermalExpansion: { x: ax!, y: ay! } }),
      statistics: { solver: solvers.next().value, unknowns: unknowns!, iterations: iterations!, residual: residual!, ...(has.estimate && { errorEstimate: Ex! }) },
    })),
  );

test('any numbers come back to the bit, also negative zero and infinity', () => {
  fc.assert(
    fc.property(anyResults, (results) => {
      expect(decodeTests(encodeTests(results))).toStrictEqual(results);
    }),
  );
});

test('chunks that are joined are the results end to end', () => {
  fc.assert(
    fc.property(anyResults, fc.nat(), (results, at) => {
      const cut = 1 + (at % results.length);
      const parts = [results.slice(0, cut), results.slice(cut)].filter((part) => part.length > 0).map(encodeTests);
      expect(decodeTests({ header: parts[0]!.header, arrays: concatenateArrays(parts) })).toStrictEqual(results);
    }),
  );
});

test('no results are no rows', () => {
  expect(decodeTests(encodeTests([]))).toEqual([]);
});
