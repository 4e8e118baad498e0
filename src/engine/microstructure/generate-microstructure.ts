/* One image of the database, from the seed, the settings and its index alone. */
import { families, type Family, type RandomDatabase } from '#domain/microstructures';
import { BugError } from '#engine/core/bug-error';
import { success, type Result } from '#domain/finding';
import type { Rng } from '#engine/core/rng';
import { generateCells } from './cells';
import { cutField, whitePixelCount, type FamilyField, type Microstructure } from './cut-field';
import { generateFibers, generateParticles } from './particles-and-fibers';
import { generateSpinodal } from './spinodal';

/**
 * Image `index` of the database. It depends on the root stream of the seed, the settings and the index alone: no other
 * image is generated, and neither the size of the database nor the order of calls matters.
 * Findings: `fraction-window-too-narrow`, `shapes-do-not-fit`, `shape-larger-than-fraction`,
 * `shape-smaller-than-pixel`, `wavenumber-too-high`.
 */
export function generateMicrostructure(rng: Rng, settings: RandomDatabase, index: number): Result<Microstructure> {
  const stream = rng.fork(`generate/${index}`);
  const family = familyOf(settings.shares, index);
  const targetFraction = stream.fork('fraction').between(settings.fraction.lower, settings.fraction.upper);
  const count = whitePixelCount(targetFraction, settings.fraction, settings.resolution);
  if (!count.ok) return count;
  const drawn = generateField(stream.fork(family), settings, family, count.value);
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

function generateField(rng: Rng, settings: RandomDatabase, family: Family, pixelCount: number): Result<FamilyField> {
  switch (family) {
    case 'particles':
      return generateParticles(rng, settings.particles, pixelCount, settings.resolution);
    case 'fibers':
      return generateFibers(rng, settings.fibers, pixelCount, settings.resolution);
    case 'cells':
      return success(generateCells(rng, settings.cells, settings.resolution));
    case 'spinodal':
      return generateSpinodal(rng, settings.spinodal, settings.resolution);
  }
}

/**
 * The family of image `index` (0-based): a balanced sequence that depends on the shares and the index alone, not on the
 * seed or the size, so a larger database contains the images of a smaller one. The shares sum to 1; a family with share
 * 0 gets no image. The computing time grows with the index.
 *
 * Method: the chairman assignment of Tijdeman (1980, Discrete Mathematics 32, 323–330,
 * doi 10.1016/0012-365X(80)90269-1). In every prefix of i images each family has its share of i to within less than one
 * image, so shares that are whole numbers of images are met exactly.
 */
export function familyOf(shares: Readonly<Record<Family, number>>, index: number): Family {
  const present = families.filter((family) => shares[family] > 0);
  const first = present[0];
  if (first === undefined) throw new BugError('no family has a share');
  if (present.length === 1) return first;

  const slack = 1 / (2 * present.length - 2);
  const counts = new Float64Array(present.length);
  const share = Float64Array.from(present, (family) => shares[family]);
  let chosen = 0;
  for (let i = 1; i <= index + 1; i++) {
    let earliest = Infinity;
    for (let f = 0; f < present.length; f++) {
      const due = share[f]! * i - counts[f]!;
      // The rounding of shares such as 0.1 must not decide which families are eligible.
      if (due < slack - 1e-9) continue;
      const deadline = (1 - slack - due) / share[f]!;
      if (deadline < earliest - 1e-9) {
        earliest = deadline;
        chosen = f;
      }
    }
    counts[chosen]! += 1;
  }
  return present[chosen]!;
}
