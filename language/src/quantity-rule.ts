import { differenceRule, fractionRule, propertyRules, shareRule, type NumberRule } from './entries';
import type { Quantity } from './generated/ast';
import { propertyNames } from './property-names';
import { numberRule } from './read-block';

/** The rule of a number by where it stands; undefined in broken text. */
export function quantityRule(node: Quantity): NumberRule | undefined {
  const holder = node.$container.$type === 'Range' ? node.$container.$container : node.$container;
  switch (holder.$type) {
    case 'Family':
      return shareRule;
    case 'DifferenceConstraint':
      return differenceRule;
    case 'FractionConstraint':
      return fractionRule;
    case 'BoundConstraint': {
      const property = propertyNames[holder.property];
      return property === undefined ? undefined : propertyRules[property];
    }
    default:
      return numberRule(holder.$container, holder.key);
  }
}
