/* What must be said with the numbers of virtual tests: an error that may be large, and loads that nothing carries. */
import type { Finding } from '#domain/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { formatCount } from '#units/format-quantity';
import { labelSolver } from '../labeled-tests';
import type { CellTests } from '../test-columns';

/** A number whose error estimate is above this is never shown without a finding. */
export const largestQuietError = 1e-3;

const remedy = 'Choose phases that differ less in stiffness, or a lower resolution.';

/** Of one image of a file. */
export function findingsOfTest(name: string, result: VirtualTestResult): Finding[] {
  const findings: Finding[] = [];
  const unloaded = unloadedDirections(result);
  if (unloaded.length > 0) {
    findings.push({
      code: 'no-load-path',
      severity: 'information',
      message: `${name}: no part of the solid carries a load along ${unloaded.join(' or ')}, so E is 0 there, and neither Poisson's ratio nor thermal expansion has a value.`,
      remedy: 'Give the pores a material if they have one; a void has no stiffness at all.',
    });
  }
  const estimate = estimateOf(result.statistics);
  if (estimate > largestQuietError) findings.push(uncertain(name, result.kind, estimate));
  return findings;
}

function uncertain(name: string, kind: VirtualTestResult['kind'], estimate: number): Finding {
  return {
    code: 'uncertain-result',
    severity: 'warning',
    message: `${name}: the values of the test ${kind} may be wrong by ${percent(estimate)}, the estimated error of the solver.`,
    remedy,
  };
}

/** Of a case, as far as it is there: for the images, and for the cells of all arms. */
export function findingsOfTests({ tests = [], cells: ofArms = [] }: { readonly tests?: readonly VirtualTestResult[] | undefined; readonly cells?: readonly CellTests[] }): Finding[] {
  const cells = ofArms.flatMap(({ measured, periodic }) => [...measured, ...(periodic ?? [])]);
  const isLabel = ({ statistics }: VirtualTestResult): boolean => statistics.solver === labelSolver;
  const [images, designs] = [summaryOf(tests.filter((test) => !isLabel(test))), summaryOf(cells)];
  const findings: Finding[] = [...disagreement(tests.filter(isLabel))];
  const unloaded = tests.filter((test) => unloadedDirections(test).length > 0).length;
  if (unloaded > 0) {
    findings.push({
      code: 'no-load-path',
      severity: 'information',
      message: `In ${unloaded} of ${tests.length} images no part of the solid carries a load along x or along y. E is 0 there; Poisson's ratio and thermal expansion have no value, and where a case asks for them these images are left out.`,
      remedy: 'For fewer of them ask for more of the solid, or for families that connect, such as `cells 100% { kind network }`.',
    });
  }
  if (images !== undefined) {
    findings.push({
      code: 'uncertain-result',
      severity: 'warning',
      message: `The values of ${images.count} of ${formatCount(tests.length, 'image')} may be wrong by more than ${percent(largestQuietError)}: the estimate of the solver's error is ${percent(images.largest)} for image ${images.worst}, the most uncertain one.`,
      remedy,
    });
  }
  if (designs !== undefined) {
    findings.push({
      code: 'uncertain-result',
      severity: 'warning',
      message: `${designs.count} of ${cells.length} tests of designs may be wrong by more than ${percent(largestQuietError)}: the largest estimate of the solver's error is ${percent(designs.largest)}; the table of designs has each.`,
      remedy,
    });
  }
  return findings;
}

/** A label that differs more from our own test is reported. */
const largestDisagreement = 0.05;

function disagreement(labels: readonly VirtualTestResult[]): Finding[] {
  const differences = labels.flatMap(({ statistics: { errorEstimate } }) => errorEstimate ?? []);
  const disagreeing = differences.filter((difference) => !(difference <= largestDisagreement));
  if (disagreeing.length === 0) return [];
  return [{
    code: 'labels-disagree',
    severity: 'warning',
    message: `The labels of ${disagreeing.length} of ${formatCount(differences.length, 'checked image')} differ by more than ${percent(largestDisagreement)} from what the test ${labels[0]!.kind} measures; the largest difference is ${percent(Math.max(...disagreeing))}.`,
    remedy: 'Check the columns, their units, the materials and the test of `labels`; without `labels`, everything is computed.',
  }];
}

/** The directions in which E is zero: next to a void alone. */
function unloadedDirections({ youngsModulus }: VirtualTestResult): ('x' | 'y')[] {
  return (['x', 'y'] as const).filter((direction) => youngsModulus?.[direction] === 0);
}

function summaryOf(tests: readonly VirtualTestResult[]): { readonly count: number; readonly largest: number; readonly worst: number } | undefined {
  const estimates = tests.map(({ statistics }) => estimateOf(statistics));
  const worst = estimates.reduce((best, estimate, i) => (estimate > estimates[best]! ? i : best), 0);
  const count = estimates.filter((estimate) => estimate > largestQuietError).length;
  return count === 0 ? undefined : { count, largest: estimates[worst]!, worst };
}

/** An estimate that is not a number counts as infinitely large. */
function estimateOf({ errorEstimate = 0 }: VirtualTestResult['statistics']): number {
  return Number.isNaN(errorEstimate) ? Infinity : errorEstimate;
}

/** Such as `2.4 %`; beyond 100 % the size has no meaning. */
function percent(share: number): string {
  return share >= 1 ? '100 % or more' : `${Number((100 * share).toPrecision(2))} %`;
}
