import type { Finding } from '#domain/finding';
import type { Constraint } from '#domain/objective';
import { formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import type { Diagnostic } from 'vscode-languageserver';
import { propertyRules } from '#language/entries';
import type { Case } from '#language/generated/ast';
import { propertyNames } from '#language/property-names';
import type { CaseSpecification } from '#language/specification';
import type { ImageExtremes, LastResult } from '../last-results';
import { diagnosticOf } from './finding-diagnostic';

/** `constraint-met-by-no-image`: what no image of the last run's database has, few designs will. */
export function unmetConstraints(node: Case, { case: { constraints } }: CaseSpecification, last: LastResult | undefined): Diagnostic[] {
  if (last?.images === undefined) return [];
  const entries = node.entries.filter((entry) => entry.$type === 'DifferenceConstraint' || entry.$type === 'BoundConstraint');
  return constraints.flatMap((constraint, index) => {
    const extremes = last.images![constraint.property];
    const entry = entries[index];
    const best = extremes === undefined ? undefined : bestOf(constraint, extremes);
    if (best === undefined || entry?.$cstNode === undefined || propertyNames[entry.property] !== constraint.property) return [];
    const finding: Finding = {
      code: 'constraint-met-by-no-image',
      severity: 'information',
      message: `No image of the database meets this: the best has ${best}. Designs may still, but nothing shows the network how.`,
      remedy: 'Relax it, or generate images that come nearer.',
    };
    return [diagnosticOf(finding, entry.$cstNode.range)];
  });
}

/** The best of all images where even that misses the constraint. */
function bestOf(constraint: Constraint, { highest, lowest, leastDifference }: ImageExtremes): string | undefined {
  if (constraint.kind === 'difference') {
    return leastDifference < constraint.limit ? undefined : formatQuantity(leastDifference as SiQuantity<'share'>, 'share');
  }
  const best = constraint.relation === '>' ? highest : lowest;
  const met = constraint.relation === '>' ? best > constraint.value : best < constraint.value;
  return met ? undefined : formatQuantity(best as SiQuantity<Dimension>, propertyRules[constraint.property].dimension);
}
