/*
 * From a patch of an image's skeleton to a periodic cell, by mirroring (Feng et al. 2024,
 * doi:10.1016/j.eml.2024.102269, section 2.5 and fig. 4): the patch is a quarter of the cell, mirrored
 * about both mid-lines, and its curves are thickened until the cell has the required volume fraction. With four mirror
 * lines the quarter has, besides its curves, their mirror images about its diagonal, so x and y can be exchanged.
 *
 * Ours: curves are scaled as polylines and thickened by exact distance on the quarter's pixels, whereas the source adds
 * white pixels to an image of the skeleton. The quarter is mirrored pixel by pixel, so the symmetry is exact and opposite
 * edges match. The volume fraction changes in steps of 4 pixels.
 */
import type { ConstructSettings } from '#domain/arms';
import { ensure } from '#engine/core/bug-error';
import type { RunContext } from '#engine/core/run-context';
import { mirrorQuarter, volumeFraction } from '#engine/grid/image-2d';
import { accept, reject, type Attempt } from './attempt';
import { drawSegments, type CandidateDesign, type DesignSource, type DesignTarget } from './candidate-design';
import { clipToPatch, type Segments } from './clip-to-patch';
import { maskOf, motifOf, periodOf } from './prepare-skeleton';
import { thicken } from './thicken';

/**
 * The mirrored cell of one patch. Rejections: `no-branch`, `struts-too-thin`, `fraction-window-too-narrow`.
 */
export function constructMirroredDesign(
  context: RunContext,
  source: DesignSource,
  settings: ConstructSettings,
  { resolution, aim }: DesignTarget,
): Attempt<CandidateDesign> {
  context.signal.throwIfAborted();
  ensure(resolution % 2 === 0, `a mirrored cell of ${resolution} pixels has no mid-line`);
  const half = resolution / 2;
  const segments = quarterSegments(source, settings, resolution);
  if (segments.length === 0) return reject('no-branch');
  const thickened = thicken(segments, half, { ...settings, window: settings.fraction, aim, boundary: 'open', keepsDiagonal: settings.axes === 'four' });
  if (!thickened.ok) return thickened;

  const cell = mirrorQuarter(thickened.value.image);
  return accept({
    cell,
    motif: motifOf(source.skeleton.image, source.patch, maskOf(settings, source.region)),
    skeleton: mirrorQuarter(drawSegments(segments, half, 'open')),
    volumeFraction: volumeFraction(cell),
    strutThickness: 2 * thickened.value.halfWidth,
  });
}

/** The segments of the cell's upper left quarter, pixels of the cell. */
export function quarterSegments({ skeleton, patch, region }: DesignSource, settings: Pick<ConstructSettings, 'mask' | 'axes'>, resolution: number): Segments {
  const segments = clipToPatch(skeleton.curves, periodOf(skeleton), patch, maskOf(settings, region), resolution / 2);
  return settings.axes === 'four' ? Float64Array.of(...segments, ...transposed(segments)) : segments;
}

/** The segments with rows and columns exchanged. */
function transposed(segments: Segments): Segments {
  return segments.map((_, i) => segments[i ^ 1]!);
}
