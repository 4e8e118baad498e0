/* What must be said beside numbers of virtual tests whose solver may have erred by more than one would see. */
import type { Finding } from '#engine/core/finding';
import type { VirtualTestResult } from '#engine/fem/virtual-test';
import { formatCount } from '#units/format-quantity';
import type { CaseValues } from './case-stages';

/** A number whose error estimate is above this is never shown without a finding. */
export const largestQuietError = 1e-3;

const remedy = 'Choose phases that differ less in stiffness, or a lower resolution.';

/** Of one image of a file; undefined when the estimate is small or absent. */
export function uncertainTest(name: string, { kind, statistics }: VirtualTestResult): Finding | undefined {
  const estimate = estimateOf(statistics);
  if (estimate <= largestQuietError) return undefined;
  return {
    code: 'uncertain-result',
    severity: 'warning',
    message: `${name}: the values of the test ${kind} may be wrong by ${percent(estimate)}: so large is the estimate of the solver's error.`,
    wayOut: remedy,
  };
}

/** Of a case, as far as it is there: one finding for the images, one for the cells of both arms. */
export function uncertainTests({ tests = [], armTests }: { readonly [N in 'tests' | 'armTests']?: CaseValues[N] | undefined }): Finding[] {
  const cells = armTests === undefined ? [] : [armTests.explained, armTests.control].flatMap(({ measured, periodic }) => [...measured, ...(periodic ?? [])]);
  const [images, designs] = [summaryOf(tests), summaryOf(cells)];
  const findings: Finding[] = [];
  if (images !== undefined) {
    findings.push({
      code: 'uncertain-result',
      severity: 'warning',
      message: `The values of ${images.count} of ${formatCount(tests.length, 'image')} may be wrong by more than ${percent(largestQuietError)}: the estimate of the solver's error is ${percent(images.largest)} for image ${images.worst}, the most uncertain one.`,
      wayOut: remedy,
    });
  }
  if (designs !== undefined) {
    findings.push({
      code: 'uncertain-result',
      severity: 'warning',
      message: `${designs.count} of ${cells.length} tests of designs may be wrong by more than ${percent(largestQuietError)}: the largest estimate of the solver's error is ${percent(designs.largest)}; the table of designs has each.`,
      wayOut: remedy,
    });
  }
  return findings;
}

function summaryOf(tests: readonly VirtualTestResult[]): { readonly count: number; readonly largest: number; readonly worst: number } | undefined {
  const estimates = tests.map(({ statistics }) => estimateOf(statistics));
  const worst = estimates.reduce((best, estimate, i) => (estimate > estimates[best]! ? i : best), 0);
  const count = estimates.filter((estimate) => estimate > largestQuietError).length;
  return count === 0 ? undefined : { count, largest: estimates[worst]!, worst };
}

/** What is no number is no small error. */
function estimateOf({ errorEstimate = 0 }: VirtualTestResult['statistics']): number {
  return Number.isNaN(errorEstimate) ? Infinity : errorEstimate;
}

/** Such as `2.4 %`; beyond 100 % the size has no meaning. */
function percent(share: number): string {
  return share >= 1 ? '100 % or more' : `${Number((100 * share).toPrecision(2))} %`;
}
