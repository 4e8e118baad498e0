/*
 * Which family image i belongs to: a balanced sequence that depends on the shares and the index alone,
 * not on the seed or the size, so a larger database keeps the images of a smaller one.
 *
 * Method: the chairman assignment of Tijdeman (1980, Discrete Mathematics 32, 323–330,
 * doi 10.1016/0012-365X(80)90269-1). After every prefix of i images each family has its share of i to
 * within less than one image, so shares that make whole numbers of the size are met exactly.
 */
import { families, type Family } from '#domain/microstructures';
import { BugError } from '#engine/core/bug-error';

/** The family of image `index` (0-based). The shares sum to 1; a share of 0 never occurs. Time grows with the index. */
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
      // Rounding of shares such as 0.1 may not decide who is eligible.
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
