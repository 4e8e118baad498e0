/* Marks of arms and groups as paths of SVG. */
import type { MarkShape } from '#display/arms';

/** The outline of a mark whose corners are about `size` away from its middle, which is at 0. */
export function shapePath(shape: MarkShape, size: number): string {
  return `M${shape.map(([x, y]) => `${size * x} ${size * y}`).join('L')}Z`;
}
