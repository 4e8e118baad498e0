/* How results are compared: E relatively, ν absolutely, stiffness by its largest entry, all to one millionth. */
import { ensure } from '#engine/core/bug-error';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import type { Comparison } from './against-peer';

const millionth = 1e-6;

/** `theirs` has Ex, Ey, ν_xy, ν_yx. */
export function elasticity(theirs: readonly number[], { youngsModulus, poissonRatio }: VirtualTestResult): Comparison[] {
  ensure(youngsModulus !== undefined && poissonRatio !== undefined, 'a test without E and ν');
  return [
    { name: 'Ex', pairs: [[theirs[0]!, youngsModulus.x]], tolerance: millionth * youngsModulus.x },
    { name: 'Ey', pairs: [[theirs[1]!, youngsModulus.y]], tolerance: millionth * youngsModulus.y },
    { name: 'ν', pairs: [[theirs[2]!, poissonRatio.x], [theirs[3]!, poissonRatio.y]], tolerance: millionth },
  ];
}

/** `theirs` has α_x, α_y. */
export function expansion(theirs: readonly number[], { thermalExpansion }: VirtualTestResult): Comparison[] {
  ensure(thermalExpansion !== undefined, 'a test without α');
  const { x, y } = thermalExpansion;
  return [{ name: 'α', pairs: [[theirs[0]!, x], [theirs[1]!, y]], tolerance: millionth * Math.max(Math.abs(x), Math.abs(y)) }];
}

/** `theirs` has the nine entries, row by row. */
export function stiffness(theirs: readonly number[], ours: VirtualTestResult): Comparison[] {
  ensure(ours.stiffness !== undefined, 'a test without stiffness');
  const entries = [...ours.stiffness];
  return [{ name: 'stiffness', pairs: entries.map((entry, i) => [theirs[i]!, entry]), tolerance: millionth * Math.max(...entries) }];
}
