/* What several parts of a report need of a case: its arms with their looks and sums, and one unit for a property. */
import { areConstructionsOfOne } from '#domain/arms';
import { looksOf, type ArmLook } from '#display/arms';
import { displayOf, type PropertyDisplay } from '#display/properties';
import { isPatchConstruction } from '#domain/arms';
import { compareObjective, type Objective, type Property } from '#domain/objective';
import { quantile, type ArmResult, type CaseResult, type DesignResult } from '#engine/api';

/** An arm's result and how it looks. */
export interface ArmInView {
  readonly arm: ArmResult;
  readonly look: ArmLook;
}

/** The arms of a result: the case's own, then the others. */
export function armsInView({ arms: [own, ...others] }: Pick<CaseResult, 'arms'>): readonly [ArmInView, ...ArmInView[]] {
  const looks = looksOf([own, ...others].map(({ spec }) => spec));
  const inView = (arm: ArmResult): ArmInView => ({ arm, look: looks.get(arm.name)! });
  return [inView(own), ...others.map(inView)];
}

/** Whether the arm makes its cells by topology optimization: then it does not answer whether an explanation beats chance. */
export function optimizes({ arm }: Pick<ArmInView, 'arm'>): boolean {
  return arm.spec.construct === 'optimize';
}

/** Whether the arm is the case's own by the other construction: then it does not answer that either. */
export function isOtherConstruction({ arms: [own] }: Pick<CaseResult, 'arms'>, { arm }: Pick<ArmInView, 'arm'>): boolean {
  return areConstructionsOfOne(own.spec, arm.spec);
}

/** Whether an arm shows what chance reaches: patches of random places. */
export function hasControl({ arms }: Pick<CaseResult, 'arms'>): boolean {
  return arms.some(({ spec }) => spec.proposals === 'random');
}

/** Whether the designs of an arm are draws, so that a significance test can say whether those of another one are better. Pictures are chosen. */
export function isDrawn({ arm }: Pick<ArmInView, 'arm'>): boolean {
  return isPatchConstruction(arm.spec.construct);
}

/** How a property is shown wherever values of a case stand next to each other: as it fits the images. */
export function displayIn({ database }: Pick<CaseResult, 'database'>, property: Property): PropertyDisplay {
  const columns = database.properties[property];
  if (columns === undefined) return displayOf(property);
  const known = ofColumns.get(columns);
  if (known !== undefined) return known;
  const display = displayOf(property, [...columns.x, ...columns.y]);
  ofColumns.set(columns, display);
  return display;
}

/** The displays of columns that were requested before: each row of a page requests its display. */
const ofColumns = new WeakMap<object, PropertyDisplay>();

/** What one arm reached as a whole: the numbers that a comparison of arms rests on. */
export interface ArmSummary {
  readonly attempts: number;
  readonly designs: number;
  readonly feasible: number;
  /** Feasible designs that are better than every image of the database. */
  readonly beating: number;
  /** First of the ranking, feasible; absent when none is. */
  readonly best?: DesignResult;
  /** Objective values over all designs, SI: the median, and the one that a tenth of them reaches. */
  readonly median?: number;
  readonly bestTenth?: number;
}

export function summarizeArm(objective: Objective, arm: ArmResult): ArmSummary {
  const values = arm.designs.map((design) => design.objectiveValue).sort((a, b) => compareObjective(objective, b, a));
  const best = arm.designs.find((design) => design.feasible);
  const median = quantile(values, 0.5);
  const bestTenth = quantile(values, 0.9);
  return {
    attempts: arm.attempts,
    designs: arm.designs.length,
    feasible: arm.designs.filter((design) => design.feasible).length,
    beating: arm.designs.filter((design) => design.feasible && design.beatsDatabase).length,
    ...(best === undefined ? {} : { best }),
    ...(median === undefined ? {} : { median }),
    ...(bestTenth === undefined ? {} : { bestTenth }),
  };
}
