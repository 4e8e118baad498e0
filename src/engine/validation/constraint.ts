import type { Interval } from '#domain/intervals';
import { relativeDifference, type Constraint, type Property } from '#domain/objective';
import { propertyOf, type VirtualTestResult } from '#engine/fem/virtual-test';
import { formatNumber, formatQuantity, formatWindow } from '#units/format-quantity';
import type { Quantity } from '#units/quantity';

/** One constraint of one design, measured. */
export interface ConstraintCheck {
  /** The constraint in the notation of the language, e.g. `difference(E) < 10 %`. */
  readonly name: string;
  /** The measured quantity: a property, or a share (a difference, a fraction). */
  readonly quantity: Property | 'share';
  /** SI; a share in [0, 1]. */
  readonly measured: number;
  /** The bound; for a range of values the lower one, with the upper one in `upper`. */
  readonly limit: number;
  readonly upper?: number;
  readonly satisfied: boolean;
}

const propertyKeywords: Readonly<Record<Property, string>> = {
  'youngs-modulus': 'E',
  'poisson-ratio': 'poisson',
  'thermal-expansion': 'expansion',
};

/** Checks a design's range of fractions and every constraint. */
export function checkConstraints(
  constraints: readonly Constraint[],
  fraction: Interval,
  measured: VirtualTestResult,
): ConstraintCheck[] {
  return [checkFraction(fraction, measured.volumeFraction), ...constraints.map((constraint) => check(constraint, measured))];
}

function checkFraction(window: Interval, volumeFraction: number): ConstraintCheck {
  return {
    name: `fraction in ${formatWindow(window.lower, window.upper)}`,
    quantity: 'share',
    measured: volumeFraction,
    limit: window.lower,
    upper: window.upper,
    satisfied: volumeFraction >= window.lower && volumeFraction <= window.upper,
  };
}

function check(constraint: Constraint, measured: VirtualTestResult): ConstraintCheck {
  const value = propertyOf(measured, constraint.property);
  if (constraint.kind === 'difference') {
    const difference = relativeDifference(value);
    return {
      name: `difference(${propertyKeywords[constraint.property]}) < ${+(100 * constraint.limit).toPrecision(6)} %`,
      quantity: 'share',
      measured: difference,
      limit: constraint.limit,
      satisfied: difference < constraint.limit,
    };
  }
  // The direction closest to violating the bound decides.
  const critical = constraint.relation === '>' ? Math.min(value.x, value.y) : Math.max(value.x, value.y);
  return {
    name: `${propertyKeywords[constraint.property]} ${constraint.relation} ${valueText(constraint)}`,
    quantity: constraint.property,
    measured: critical,
    limit: constraint.value,
    satisfied: constraint.relation === '>' ? critical > constraint.value : critical < constraint.value,
  };
}

/** The value of a bound in the notation of the language. */
function valueText({ property, value }: { readonly property: Property; readonly value: number }): string {
  switch (property) {
    case 'youngs-modulus':
      return formatQuantity(value as Quantity<'stress'>, 'stress', 6);
    case 'poisson-ratio':
      return formatNumber(value, 6);
    case 'thermal-expansion':
      return formatQuantity(value as Quantity<'expansion'>, 'expansion', 6).replace(' /K', ' 1/K');
  }
}
