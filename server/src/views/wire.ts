/* Converts results of the engine to types of the protocol. */
import type { DesignCase } from '#domain/case';
import { imageKinds } from '#domain/microstructures';
import type { Directional } from '#domain/objective';
import { propertyOf, type DesignResult, type DesignSource, type Image2D, type MicrostructureBatch, type PhysicalLimit, type VirtualTestResult } from '#engine/api';
import { packImage, packImageBits, type PackedImages } from '#protocol/packed';
import type { ArmLook, ArmView, DesignNumbers, DesignOrigin, LimitView, ObjectiveView, RankedDesign, TestNumbers } from '#protocol/result';
import { designName } from '#display/arms';
import { widestLimit } from '#display/limits';
import { displayOf, type PropertyDisplay } from '#display/properties';
import type { ArmInView } from '#runner/report/case-view';

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

export function wireDesign({ volumeFraction: fraction, measured, periodic, finer, objectiveValue, limit, constraints, feasible, beatsDatabase }: DesignResult): DesignNumbers {
  return {
    volumeFraction: fraction,
    measured: wireTest(measured),
    ...(periodic && { periodic: wireTest(periodic) }),
    ...(finer && { finer: wireTest(finer) }),
    objectiveValue,
    ...(limit && { limit }),
    constraints,
    feasible,
    beatsDatabase,
  };
}

export function wireOrigin({ source, parent }: DesignResult): DesignOrigin {
  return { ...wireSource(source), ...(parent && { parent }) };
}

function wireSource(source: DesignSource): DesignOrigin {
  switch (source.kind) {
    case 'patch': {
      const { kind, image, family, layer, threshold, patch, borrowed } = source;
      return { kind, image, family: imageKinds[family]!, layer, ...(threshold !== undefined && { threshold }), patch, borrowed };
    }
    case 'image':
      return { ...source, family: imageKinds[source.family]! };
    case 'start':
    case 'picture':
      return source;
  }
}

/** One design of an arm, by its index from 0. */
export function wireRanked({ arm, look }: ArmInView, index: number): RankedDesign {
  const design = arm.designs[index]!;
  return { name: designName(look, index + 1, design.source), arm: arm.name, candidate: design.candidate, rank: index + 1, origin: wireOrigin(design), ...wireDesign(design) };
}

export function wireArm(inView: ArmInView): ArmView {
  const { name, role, spec, attempts, designs, failures } = inView.arm;
  return { name, role, look: wireLook(inView), ...(spec.construct === 'optimize' && { optimizes: true }), attempts, designs: designs.map((_, i) => wireRanked(inView, i)), failures };
}

export function wireLook({ look: { title, source, sources, one, design, designs, color, shape } }: ArmInView): ArmLook {
  return { title, source, sources, one, design, designs, color, shape };
}

/** The objective, with the unit and digits that fit the images of the database. */
export function wireObjective({ objective, test }: DesignCase, tests: readonly VirtualTestResult[] = []): ObjectiveView {
  return { ...wireDisplay(objective.property, tests.map((each) => propertyOf(each, objective.property))), sense: objective.sense, directions: objective.directions, test };
}

export function wireDisplay(property: PropertyDisplay['property'], values: readonly Directional[] = []): PropertyDisplay {
  return displayOf(property, values.flatMap(({ x, y }) => [x, y]));
}

/** The display of each property of the tests, in a fixed order. */
export function displaysOf(tests: readonly Pick<VirtualTestResult, 'youngsModulus' | 'poissonRatio' | 'thermalExpansion'>[]): PropertyDisplay[] {
  const ofField = (property: PropertyDisplay['property'], field: 'youngsModulus' | 'poissonRatio' | 'thermalExpansion'): PropertyDisplay[] => {
    const values = tests.flatMap((test) => test[field] ?? []);
    return values.length === 0 ? [] : [wireDisplay(property, values)];
  };
  return [...ofField('youngs-modulus', 'youngsModulus'), ...ofField('poisson-ratio', 'poissonRatio'), ...ofField('thermal-expansion', 'thermalExpansion')];
}

export function wireLimit({ objective, construct }: Pick<DesignCase, 'objective' | 'construct'>, limit: PhysicalLimit): LimitView {
  const { name, test, bounds, condition, volumeFractions, values } = limit;
  // The curve spans the range of the designs.
  const widest = widestLimit(limit, objective, construct.fraction)!;
  return { name, test, bounds, condition, volumeFractions: [...volumeFractions], values: [...values], widest };
}

