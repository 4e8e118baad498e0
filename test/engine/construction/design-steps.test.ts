import { expect, test } from 'vitest';
import type { ConstructSettings } from '#domain/arms';
import { constructMirroredDesign } from '#engine/construction/construct-mirrored-design';
import { designSteps } from '#engine/construction/design-steps';
import { prepareSkeleton } from '#engine/construction/prepare-skeleton';
import { createRng } from '#engine/core/rng';
import { neverAborted, silentProgress } from '#engine/core/run-context';
import { generateMicrostructure } from '#engine/microstructure/generate-microstructure';
import { thin } from '#engine/morphology/thin';
import { smallDatabase } from '#test/support/database-settings';

const settings: ConstructSettings = { mask: 'square', prune: 3, smallestPatch: 6, thinning: 'zhang-suen', fraction: { lower: 0.39, upper: 0.4 } };
const context = { signal: neverAborted, progress: silentProgress, rng: createRng(0) };

test.each([0, 1, 2, 3])('the steps of image %i lead to the design that the construction makes', (index) => {
  const generated = generateMicrostructure(createRng(3), smallDatabase, index);
  if (!generated.ok) expect.fail();
  const { image } = generated.value;
  const n = image.width;
  const patch = { row: 5, column: n - 6, edge: 18 };
  const design = constructMirroredDesign(context, { skeleton: prepareSkeleton(image, settings), patch }, settings, { resolution: n, aim: 'upper-end' });
  const steps = designSteps({ image, patch }, settings, n);
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
});
