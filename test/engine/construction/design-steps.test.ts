import { expect, test } from 'vitest';
import type { ConstructSettings, PatchConstruction } from '#domain/arms';
import { constructGraphDesign } from '#engine/construction/construct-graph-design';
import { constructMirroredDesign } from '#engine/construction/construct-mirrored-design';
import { designSteps } from '#engine/construction/design-steps';
import { prepareSkeleton } from '#engine/construction/prepare-skeleton';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { thin } from '#engine/morphology/thin';
import { smallDatabase } from '#test/support/database-settings';

const plain: ConstructSettings = { mask: 'square', prune: 3, smallestPatch: 6, thinning: 'zhang-suen', fraction: { lower: 0.39, upper: 0.4 } };
const context = { signal: neverAborted, progress: silentProgress, rng: createRng(0) };

const constructions = { mirror: constructMirroredDesign, graph: constructGraphDesign };

const tried: readonly { readonly construct: PatchConstruction; readonly index: number }[] = [
  ...[0, 1, 2, 3].map((index) => ({ construct: 'mirror' as const, index })),
  // Networks of cells; most patches of the other families do not connect cells.
  ...[2, 6, 10].map((index) => ({ construct: 'graph' as const, index })),
];

const shaped = tried.slice(-1).concat(tried.slice(0, 1)).map((each) => ({ ...each, shape: { norm: 3, axes: 'four' } as const }));

test.each([...tried.map((each) => ({ ...each, shape: {} })), ...shaped])('the steps of image $index lead to the design that `$construct` makes $shape', ({ construct, index, shape }) => {
  const settings = { ...plain, ...shape };
  const generated = generateMicrostructure(createRng(3), smallDatabase, index);
  if (!generated.ok) expect.fail();
  const { image } = generated.value;
  const n = image.width;
  const skeleton = prepareSkeleton(image, settings, 'periodic');
  const squares = [18, 24, 30, 36, 48].map((edge) => ({ row: 5, column: n - 6, edge }));
  const patch = squares.find((square) => constructions[construct](context, { skeleton, patch: square }, settings, { resolution: n, aim: 'upper-end' }).ok)!;
  const design = constructions[construct](context, { skeleton, patch }, settings, { resolution: n, aim: 'upper-end' });
  const steps = designSteps({ image, patch, boundary: 'periodic' }, construct, settings, n);
  if (!design.ok) expect.fail(design.reason);

  const { cell, motif, strutThickness } = design.value;
  expect(steps.motif).toEqual(motif);
  const halfWidth = strutThickness / 2;
  cell.data.forEach((pixel, p) => {
    // At the half width itself some pixels may be left out, where the window has no room for all.
    if (steps.distance[p]! < halfWidth - 1e-9) expect(pixel).toBe(1);
    if (steps.distance[p]! > halfWidth + 1e-9) expect(pixel).toBe(0);
  });
  const thinned = thin(image, { method: 'zhang-suen', boundary: 'periodic' });
  expect([...steps.spurs.data].filter((pixel, p) => pixel === 1 && (thinned.data[p] === 0 || steps.skeleton.data[p] === 1))).toEqual([]);
  expect(steps.nodes.every(({ kind }) => ['end', 'junction', 'loop', 'point'].includes(kind))).toBe(true);
  expect(steps.curves.length).toBeGreaterThan(0);
  expect(steps.redrawing !== undefined).toBe(construct === 'graph');
  if (!steps.redrawing) return;
  const { patchCurves, curves, moved, removed, meanShift, largestShift } = steps.redrawing;
  expect(largestShift).toBe(0.1 * n);
  expect(meanShift).toBeLessThanOrEqual(largestShift);
  expect(meanShift).toBeCloseTo(moved.reduce((sum, { from, to }) => sum + Math.hypot(to.row - from.row, to.column - from.column), 0) / moved.length, 12);
  // Every end on the border before is moved or left out, and where one is moved to there is a curve.
  const isOnBorder = (row: number, column: number): boolean => [row, column].some((at) => Math.abs(at) < 1e-9 || Math.abs(at - n) < 1e-9);
  const ends = (list: readonly Float64Array[]) => list.flatMap((curve) => [[curve[0]!, curve[1]!], [curve.at(-2)!, curve.at(-1)!]] as const).filter(([row, column]) => isOnBorder(row, column));
  const before = [...moved.map(({ from }) => from), ...removed];
  for (const [row, column] of ends(patchCurves)) expect(before.some((place) => Math.hypot(place.row - row, place.column - column) < 1e-9)).toBe(true);
  for (const { to } of moved) expect(ends(curves).some(([row, column]) => Math.hypot((to.row - row) % n, (to.column - column) % n) < 1e-9)).toBe(true);
});
