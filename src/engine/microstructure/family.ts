/** The four families of random microstructures, in the order of their codes 0 … 3. */
export const families = ['particles', 'fibers', 'cells', 'spinodal'] as const;
export type Family = (typeof families)[number];

/** A closed interval from which a size, angle or count is drawn uniformly. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}
