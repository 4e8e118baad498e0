import type { DatabaseSettings, Family } from '#domain/microstructures';
import { success, type Result } from '#engine/core/finding';
import type { Rng } from '#engine/core/rng';
import { drawCells } from './cells';
import { cutField, whitePixelCount } from './cut-field';
import { familyOf } from './family-of';
import { drawFibers } from './fibers';
import type { DrawnField, Microstructure } from './microstructure';
import { drawParticles } from './particles';
import { drawSpinodal } from './spinodal';

/**
 * Image `index` of the database. It follows from the root stream of the seed, the settings and the
 * index alone: no other image is made, and neither the size nor the order of calls matters.
 * Findings: `fraction-window-too-narrow`, `shapes-do-not-fit`, `shape-larger-than-fraction`,
 * `shape-smaller-than-pixel`, `wavenumber-too-high`.
 */
export function generateMicrostructure(rng: Rng, settings: DatabaseSettings, index: number): Result<Microstructure> {
  const stream = rng.fork(`generate/${index}`);
  const family = familyOf(settings.shares, index);
  const targetFraction = stream.fork('fraction').between(settings.fraction.lower, settings.fraction.upper);
  const count = whitePixelCount(targetFraction, settings.fraction, settings.resolution);
  if (!count.ok) return count;
  const drawn = drawFamily(stream.fork(family), settings, family, count.value);
  if (!drawn.ok) return drawn;

  const { image, level } = cutField(drawn.value.field, count.value);
  return success({
    image,
    family,
    targetFraction,
    volumeFraction: count.value / image.data.length,
    drawn: { ...drawn.value.drawn, level },
  });
}

function drawFamily(rng: Rng, settings: DatabaseSettings, family: Family, pixelCount: number): Result<DrawnField> {
  switch (family) {
    case 'particles':
      return drawParticles(rng, settings.particles, pixelCount, settings.resolution);
    case 'fibers':
      return drawFibers(rng, settings.fibers, pixelCount, settings.resolution);
    case 'cells':
      return success(drawCells(rng, settings.cells, settings.resolution));
    case 'spinodal':
      return drawSpinodal(rng, settings.spinodal, settings.resolution);
  }
}
