import type { PhasePair } from '#domain/materials';
import type { Property } from '#domain/objective';
import type { VirtualTestSettings } from '#domain/virtual-tests';
import type { MirrorInvariance } from '#engine/grid/image-2d';
import { isLowContrast } from '../element/modal-stiffness';

/**
 * Which mirror images have the same property in the same direction, exactly or nearly: the mean squared
 * difference is at most 1 % of the variance of database images. `periodic` has all. The roller cell lies on
 * rollers at its left and bottom edges, and what moves a roller to the opposite edge is another test:
 *
 * - `compression` along x pushes the right edge, so reversing x only changes the frame that displacements
 *   are seen from: exact. Reversing y changes E by 0.3 % at contrast 5.6, 0.9 % at 50, 5 % at 683 000, and
 *   Poisson's ratio by 7 % and more.
 * - `heating` measures the mean displacement of a free edge. Reversing y changes the expansion along x by
 *   0.8 %, reversing x by 10 %. Moduli come from compression here, too.
 */
export function mirrorInvariance(phases: PhasePair, { kind, plane }: VirtualTestSettings, property: Property): MirrorInvariance {
  if (kind === 'periodic') return { along: true, across: true };
  if (property === 'thermal-expansion') return { along: false, across: true };
  return { along: true, across: property === 'youngs-modulus' && isLowContrast(phases, plane) };
}
