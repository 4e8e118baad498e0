/* The cell while it grows from its mirrored curves. */
import type { Pixels } from '#media/shared/pixels';

/** Distances are kept in single precision, `reach` in double: equal ones may differ by this share. */
const roundOff = 1e-6;

/** Pixels whose center is within `reach` of the mirrored curves. */
export function thickened(distance: Float32Array, edge: number, reach: number): Pixels {
  const data = Uint8Array.from(distance, (each) => Number(each <= reach * (1 + roundOff)));
  return { width: edge, height: edge, data };
}

export function volumeFraction({ data }: Pixels): number {
  return data.reduce((sum, pixel) => sum + pixel, 0) / data.length;
}
