import { expect, test } from 'vitest';
import { eliminateRollerCell, waveStrip } from '#engine/fem/iterative/roller-medium';
import { modalStiffness } from '#engine/fem/element/modal-stiffness';
import { planeElement } from '#engine/fem/element/plane-element';
import { boronInAluminum } from '#test/support/virtual-test-phases';

const element = planeElement(boronInAluminum.white, 'plane-stress');
const stiffness = modalStiffness(element);

test.each([0, 1, 3, 4, 8])('a strip of elements has the energy of wave %i', (k) => {
  const n = 8;
  const theta = (Math.PI * k) / n;
  // S and C of the lower row, then of the upper.
  const wave = (i: number, [S, C]: readonly [number, number]) => [S * Math.sin(theta * i), C * Math.cos(theta * i)];
  const energy = (lower: readonly [number, number], upper: readonly [number, number]): number => {
    let sum = 0;
    for (let i = -n; i < n; i++) {
      const corners = [...wave(i, lower), ...wave(i + 1, lower), ...wave(i + 1, upper), ...wave(i, upper)];
      corners.forEach((one, row) => corners.forEach((other, column) => (sum += one * element[9 * row + column]! * other)));
    }
    return sum / element[0]!;
  };
  const strip = waveStrip(stiffness, k, n);
  const [p11, p12, p22] = strip.lower;
  const [b11, b22, b12] = strip.coupling;
  const matrix = [p11, p12, b11, b12, p12, p22, -b12, b22, b11, -b12, p11, -p12, b12, b22, -p12, p22];
  // The squares of a wave's sines sum up to n over the elements; of a wave without sines the cosines to 2 n.
  const whole = k === 0 || k === n;
  const scale = (whole ? 2 * n : n) / element[0]!;
  for (const values of [[1, 0, 0, 0], [0, 1, 0, 0], [1, 2, -3, 4], [-1, 0.5, 2, 0.25], [0, 1, 0, -1]] as const) {
    const [S0, C0, S1, C1] = whole ? [0, values[1], 0, values[3]] : values;
    const mine = [S0, C0, S1, C1].reduce((sum, one, row) => sum + one * [S0, C0, S1, C1].reduce((line, other, column) => line + matrix[4 * row + column]! * other, 0), 0);
    expect(mine * scale).toBeCloseTo(energy([S0, C0], [S1, C1]), 9);
  }
});

test('the longest wave is a column of springs, fixed below and free above', () => {
  const n = 8;
  const { pivots, couplings } = eliminateRollerCell(n, stiffness, 1);
  // A force on the free end of j springs moves it by j of a spring's.
  for (let row = 0; row <= n; row++) {
    const expected = row === n ? n / (4 * stiffness.own) : row / (row + 1) / (4 * stiffness.own);
    expect(pivots[3 * row * (n + 1)]! * 4 * stiffness.own).toBeCloseTo(expected * 4 * stiffness.own, 5);
  }
  expect(couplings[0]! / stiffness.own).toBeCloseTo(-4, 6);
});
