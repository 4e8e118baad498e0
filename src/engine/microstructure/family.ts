/** The four families of random microstructures, in the order of their codes 0 … 3. */
export const families = ['particles', 'fibers', 'cells', 'spinodal'] as const;
export type Family = (typeof families)[number];
