import { crop, designSteps, success, unpackImage } from '#engine/api';
import { packColumn } from '#protocol/packed';
import { designOf, resultNeeds, resultOf } from './case-results';
import { view } from './view';
import { wireImage } from './wire';

/** From the source image to the cell, step by step. */
export const skeletonView = view<'skeleton', (typeof resultNeeds)[number]>(resultNeeds, ({ images, regions, explained, control }, { arm, rank }, { stored }) => {
  const found = designOf(resultOf(stored), arm, rank);
  if (!found.ok) return found;
  const { arm: ofArm, index } = found.value;
  const { source } = ofArm.designs[index]!;
  const cell = unpackImage(ofArm.cells, index);
  // The cell as it was stored knows what the ranking does not: its region and its mirrored skeleton.
  const candidates = arm === 'explained' ? explained : control;
  const candidate = candidates.sources.findIndex(
    ({ image, threshold, patch }, i) =>
      image === source.image && threshold === source.threshold && patch.row === source.patch.row && patch.column === source.patch.column &&
      patch.edge === source.patch.edge && samePixels(unpackImage(candidates.cells, i).data, cell.data),
  );
  const { region, regionPatch } = candidates.sources[candidate]!;
  const mask = unpackImage(regions.masks, region);
  const image = unpackImage(images.images, source.image);
  const steps = designSteps({ image, patch: source.patch, region: crop(mask, regionPatch) }, stored.problem.construct, cell.width);
  let reach = 0;
  for (let p = 0; p < cell.data.length; p++) if (cell.data[p] === 1 && steps.distance[p]! > reach) reach = steps.distance[p]!;
  return success({
    image: wireImage(image),
    ...(arm === 'explained' && { region: wireImage(mask) }),
    patch: source.patch,
    skeleton: wireImage(steps.skeleton),
    spurs: wireImage(steps.spurs),
    nodes: steps.nodes.map(({ kind, row, column }) => ({ kind, row, column })),
    curves: steps.curves.map((curve) => packColumn('f32', curve)),
    unit: wireImage(steps.unit),
    mirrored: wireImage(unpackImage(candidates.skeletons, candidate)),
    distance: packColumn('f32', steps.distance),
    reach,
    cell: wireImage(cell),
  });
});

function samePixels(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((pixel, p) => pixel === b[p]);
}
