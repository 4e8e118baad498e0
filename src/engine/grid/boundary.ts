/** What lies beyond an image's edge: the opposite edge (every microstructure is periodic), or black. */
export type Boundary = 'periodic' | 'open';

/** `value` brought into 0 … period − 1. */
export function wrap(value: number, period: number): number {
  const remainder = value % period;
  return remainder < 0 ? remainder + period : remainder;
}
