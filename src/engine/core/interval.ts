/** A closed interval of lengths, angles, counts, shares or fractions. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
