/*
 * From a patch of an image's skeleton to a periodic cell as large as the patch, by the graph of its curves (Feng et al.
 * 2024, doi:10.1016/j.eml.2024.102269, section 2.5): the curves are redrawn so that they continue across opposite edges
 * (redraw-patch.ts), scaled to the cell, and thickened by their distance on the torus until the cell has the required
 * volume fraction. So the cell has no symmetry, and its edges are no special places.
 */
import type { ConstructSettings } from '#domain/arms';
import type { RunContext } from '#engine/core/run-context';
import { volumeFraction, wrap } from '#engine/grid/image-2d';
import type { Curve } from '#engine/morphology/vectorize-skeleton';
import { accept, reject, type Attempt } from './attempt';
import { drawSegments, type CandidateDesign, type DesignSource, type DesignTarget } from './candidate-design';
import { clipCurves, segmentsOf } from './clip-to-patch';
import { patchGraph, type PatchNode } from './patch-graph';
import { maskOf, motifOf, periodOf } from './prepare-skeleton';
import { redrawPatch, type RedrawnPatch } from './redraw-patch';
import { thicken } from './thicken';

/** The largest mean shift, as a share of the cell's edge. */
export const largestShift = 0.1;

/**
 * The cell of one patch. Rejections: `no-branch`, `edges-do-not-match`, `shift-too-large`, `struts-too-thin`,
 * `fraction-window-too-narrow`.
 */
export function constructGraphDesign(
  context: RunContext,
  source: DesignSource,
  settings: ConstructSettings,
  { resolution, aim }: DesignTarget,
): Attempt<CandidateDesign> {
  context.signal.throwIfAborted();
  const redrawn = redrawCurves(source, settings, resolution);
  if (!redrawn.ok) return redrawn;
  const segments = segmentsOf(redrawn.value.curves);
  const thickened = thicken(segments, resolution, { ...settings, window: settings.fraction, aim, boundary: 'periodic' });
  if (!thickened.ok) return thickened;
  const { image: cell, halfWidth } = thickened.value;
  return accept({
    cell,
    motif: motifOf(source.skeleton.image, source.patch, maskOf(settings, source.region)),
    skeleton: drawSegments(segments, resolution, 'periodic'),
    volumeFraction: volumeFraction(cell),
    strutThickness: 2 * halfWidth,
  });
}

/** The curves of the cell, pixels of the cell. Rejections: `no-branch`, `edges-do-not-match`, `shift-too-large`. */
export function redrawCurves(source: DesignSource, settings: Pick<ConstructSettings, 'mask'>, resolution: number): Attempt<RedrawnPatch> {
  const { skeleton, patch } = source;
  const curves = patchCurves(source, settings, resolution);
  if (curves.length === 0) return reject('no-branch');
  const { width, height, data } = skeleton.halfThickness;
  const scale = patch.edge / resolution;
  const pixelOf = (position: number): number => Math.min(Math.floor(position * scale), patch.edge - 1);
  // Smoothed curves may pass beside their pixels.
  const thicknessAt = ({ row, column }: PatchNode): number =>
    Math.max(data[wrap(patch.row + pixelOf(row), height) * width + wrap(patch.column + pixelOf(column), width)]!, 0.5);
  const redrawn = redrawPatch(patchGraph(curves, resolution), resolution, thicknessAt);
  if (redrawn.directions < 2) return reject('edges-do-not-match');
  return redrawn.meanShift > largestShift * resolution ? reject('shift-too-large') : accept(redrawn);
}

/** The curves of the patch before they are redrawn, pixels of the cell. */
export function patchCurves({ skeleton, patch, region }: DesignSource, settings: Pick<ConstructSettings, 'mask'>, resolution: number): readonly Curve[] {
  return clipCurves(skeleton.curves, periodOf(skeleton), patch, maskOf(settings, region), resolution);
}
