/* Reading and drawing the curve of a physical limit over the white volume fraction. */
import type { Interval } from '#domain/intervals';
import type { Direction, Objective, Sense } from '#domain/objective';

/** A bound that no design can pass, SI; entry i of `values` holds at the increasing `volumeFractions[i]`. */
export interface LimitCurve {
  readonly volumeFractions: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** A point of the curve. */
export interface LimitPoint {
  readonly volumeFraction: number;
  readonly value: number;
}

/** The bound at a volume fraction, linear between the curve's points; undefined outside of them. */
export function limitAt({ volumeFractions, values }: LimitCurve, volumeFraction: number): number | undefined {
  const last = volumeFractions.length - 1;
  // Fractions of pixel images miss the ends of the curve by rounding only.
  const tolerance = 1e-9;
  if (last < 0 || volumeFraction < volumeFractions[0]! - tolerance || volumeFraction > volumeFractions[last]! + tolerance) return undefined;
  if (last === 0) return values[0]!;
  const upper = Math.max(1, Array.from(volumeFractions).findIndex((fraction) => fraction >= volumeFraction));
  const [f0, f1, v0, v1] = [volumeFractions[upper - 1]!, volumeFractions[upper]!, values[upper - 1]!, values[upper]!];
  return v0 + ((v1 - v0) * (volumeFraction - f0)) / (f1 - f0);
}

/** The widest bound in a range of volume fractions, which no design in it can pass; undefined where no limit is known. */
export function widestLimit(limit: LimitCurve, { sense }: Pick<Objective, 'sense'>, { lower, upper }: Interval): LimitPoint | undefined {
  const inside = Array.from(limit.volumeFractions).filter((fraction) => fraction > lower && fraction < upper);
  const points = [upper, lower, ...inside].flatMap((volumeFraction): LimitPoint[] => {
    const value = limitAt(limit, volumeFraction);
    return value === undefined ? [] : [{ volumeFraction, value }];
  });
  const isWider = (one: LimitPoint, other: LimitPoint): boolean => (sense === 'maximize' ? one.value > other.value : one.value < other.value);
  return points.reduce<LimitPoint | undefined>((widest, point) => (widest === undefined || isWider(point, widest) ? point : widest), undefined);
}

/** What of x and y a limit bounds: the value itself in the worst direction, or a mean of both. */
export type BoundedValue = 'worst-direction' | 'harmonic-mean' | 'arithmetic-mean';

/** A rectangle in the plane of the two directions. */
interface PlaneRange {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

type Point = readonly [x: number, y: number];

/** Points of a harmonic mean's curve. */
const curveSteps = 200;

/** The line in the plane of both directions that no design can pass; with one direction alone it is straight. */
export function limitLine(
  bounds: BoundedValue, bound: number, { directions, sense }: { readonly directions: readonly Direction[]; readonly sense: Sense }, { left, right, bottom, top }: PlaneRange,
): Point[] {
  if (directions.length === 1) return directions[0] === 'x' ? [[bound, bottom], [bound, top]] : [[left, bound], [right, bound]];
  switch (bounds) {
    case 'worst-direction':
      return sense === 'maximize' ? [[bound, top], [bound, bound], [right, bound]] : [[bound, bottom], [bound, bound], [left, bound]];
    case 'arithmetic-mean':
      return [[left, 2 * bound - left], [right, 2 * bound - right]];
    case 'harmonic-mean':
      // 2 / (1/x + 1/y) = bound has its pole where x is half the bound.
      return Array.from({ length: curveSteps + 1 }, (_, i) => left + ((right - left) * i) / curveSteps)
        .filter((x) => x > 0.505 * bound)
        .map((x): Point => [x, 1 / (2 / bound - 1 / x)]);
  }
}
