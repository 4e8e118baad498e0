import { describe, expect, test } from 'vitest';
import { relativeDifference } from '#domain/objective';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { checkConstraints } from '#engine/validation/constraint';
import { compareDesigns, validateDesign, type DesignRequirements } from '#engine/validation/validate-design';

const boron = { name: 'Boron', youngsModulus: 379.3e9, poissonRatio: 0.3 };
const aluminum = { name: 'Aluminum', youngsModulus: 68.3e9, poissonRatio: 0.3 };

const requirements: DesignRequirements = {
  phases: { white: boron, black: aluminum },
  plane: 'plane-stress',
  objective: { sense: 'maximize', property: 'youngs-modulus', directions: ['x', 'y'] },
  constraints: [{ kind: 'difference', property: 'youngs-modulus', limit: 0.1 }],
  fraction: { lower: 0.39, upper: 0.4 },
  bestOfDatabase: 135e9,
};

function tested(x: number, y: number, volumeFraction = 0.39): VirtualTestResult {
  return {
    kind: 'compression',
    volumeFraction,
    youngsModulus: { x, y },
    poissonRatio: { x: 0.3, y: 0.31 },
    statistics: { solver: 'none', unknowns: 0, iterations: 0, residual: 0 },
  };
}

describe('validateDesign', () => {
  test('the worst direction counts, against the database and the limit at the own fraction', () => {
    const design = validateDesign(tested(150e9, 152.2e9), requirements);
    expect(design.objectiveValue).toBe(150e9);
    expect(design.beatsDatabase).toBe(true);
    expect(design.feasible).toBe(true);
    // The largest Ex = Ey at a fraction of 0.39 is 155.6 GPa (rank-2 laminate).
    expect(design.limit!.percent).toBeCloseTo((100 * 150) / 155.6, 1);
  });

  test('a difference above the limit, or a fraction outside the window, is not feasible', () => {
    expect(validateDesign(tested(130e9, 150e9), requirements).feasible).toBe(false);
    expect(validateDesign(tested(150e9, 150e9, 0.405), requirements).feasible).toBe(false);
    expect(validateDesign(tested(130e9, 150e9), requirements).beatsDatabase).toBe(false);
  });

  test('to minimize, the largest direction counts', () => {
    const design = validateDesign(tested(100e9, 110e9), {
      ...requirements,
      objective: { ...requirements.objective, sense: 'minimize' },
    });
    expect(design.objectiveValue).toBe(110e9);
    expect(design.beatsDatabase).toBe(true);
  });

  test('feasible designs come first, then the better value', () => {
    const designs = [
      { feasible: false, objectiveValue: 9 },
      { feasible: true, objectiveValue: 1 },
      { feasible: true, objectiveValue: 2 },
    ];
    expect(designs.sort((a, b) => compareDesigns(requirements.objective, a, b)).map((design) => design.objectiveValue)).toEqual([2, 1, 9]);
  });
});

describe('checkConstraints', () => {
  test('a bound looks at the direction that is nearest to breaking it', () => {
    const [, below, above] = checkConstraints(
      [
        { kind: 'bound', property: 'youngs-modulus', relation: '<', value: 140e9 },
        { kind: 'bound', property: 'youngs-modulus', relation: '>', value: 120e9 },
      ],
      requirements.fraction,
      tested(130e9, 150e9),
    );
    expect(below).toMatchObject({ measured: 150e9, satisfied: false });
    expect(above).toMatchObject({ measured: 130e9, satisfied: true });
  });

  test('the relative difference counts from the smaller magnitude', () => {
    expect(relativeDifference({ x: 1, y: 1.1 })).toBeCloseTo(0.1);
    expect(relativeDifference({ x: -1, y: -1.1 })).toBeCloseTo(0.1);
    expect(relativeDifference({ x: 0, y: 0 })).toBe(0);
    expect(relativeDifference({ x: 0, y: 1 })).toBe(Infinity);
  });
});
