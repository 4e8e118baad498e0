/* The engine's results in the protocol's words. */
import { families, type DesignProblem, type DesignResult, type Image2D, type MicrostructureBatch, type PhysicalLimit, type VirtualTestResult } from '#engine/api';
import { packImage, packImageBits, type PackedImages } from '#protocol/packed';
import type { DesignNumbers, DesignOrigin, LimitView, ObjectiveView, TestNumbers } from '#protocol/result';
import type { PropertyDisplay } from '#protocol/vocabulary';
import { displayOf } from '#runner/report/display-property';

export function wireImage({ width, height, data }: Image2D<'binary'>): PackedImages {
  return packImage(width, height, data);
}

export function wireImages({ resolution, packed }: MicrostructureBatch): PackedImages {
  return packImageBits(resolution, resolution, packed);
}

export function wireTest(result: VirtualTestResult): TestNumbers {
  const { kind, youngsModulus, poissonRatio, shearModulus, thermalExpansion, stiffness } = result;
  return {
    test: kind,
    volumeFraction: result.volumeFraction,
    ...(youngsModulus && { youngsModulus }),
    ...(poissonRatio && { poissonRatio }),
    ...(shearModulus !== undefined && { shearModulus }),
    ...(thermalExpansion && { thermalExpansion }),
    ...(stiffness && { stiffness: [...stiffness] }),
  };
}

export function wireDesign({ volumeFraction: fraction, measured, periodic, objectiveValue, limit, constraints, feasible, beatsDatabase }: DesignResult): DesignNumbers {
  return {
    volumeFraction: fraction,
    measured: wireTest(measured),
    ...(periodic && { periodic: wireTest(periodic) }),
    objectiveValue,
    ...(limit && { limit }),
    constraints,
    feasible,
    beatsDatabase,
  };
}

export function wireOrigin({ source: { image, family, layer, threshold, patch } }: DesignResult): DesignOrigin {
  return { image, family: families[family]!, layer, threshold, patch };
}

export function wireObjective({ objective, test }: DesignProblem): ObjectiveView {
  return { ...wireDisplay(objective.property), sense: objective.sense, directions: objective.directions, test };
}

export function wireDisplay(property: PropertyDisplay['property']): PropertyDisplay {
  const { name, symbol, unit, scale, digits } = displayOf(property);
  return { property, name, symbol, unit, scale, digits };
}

/** How the properties of a test are shown, in a fixed order. */
export function displaysOf({ youngsModulus, poissonRatio, thermalExpansion }: VirtualTestResult): PropertyDisplay[] {
  return [
    ...(youngsModulus ? [wireDisplay('youngs-modulus')] : []),
    ...(poissonRatio ? [wireDisplay('poisson-ratio')] : []),
    ...(thermalExpansion ? [wireDisplay('thermal-expansion')] : []),
  ];
}

export function wireLimit({ name, test, bounds, condition, volumeFractions, values }: PhysicalLimit): LimitView {
  return { name, test, bounds, condition, volumeFractions: [...volumeFractions], values: [...values] };
}

