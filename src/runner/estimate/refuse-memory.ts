/* Refusals of virtual tests that would not fit into memory, before any of it is taken. */
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { largestMemory, optimizerMemory, testerMemory } from '#engine/api';

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** A test that is to be set up. */
export interface PlannedTest {
  readonly resolution: number;
  readonly phases: PhasePair;
  readonly kind: VirtualTestKind;
  readonly plane: PlaneAssumption;
  /** Whether the image is a mirrored cell. */
  readonly mirrored: boolean;
}

/** What Node.js, the program and an image take besides the test, measured at 2048 × 2048 pixels. */
const programBytes = 120 * 2 ** 20;

/** A finding `test-exceeds-memory` when the test takes more than the allowed bytes, or than any solver can have. */
export function refuseTest({ resolution, phases, kind, plane, mirrored }: PlannedTest, allowed: number): Finding | undefined {
  const { total: tester, largest } = testerMemory(resolution, phases, { kind, plane }, mirrored);
  const total = tester + programBytes;
  const takes = `The test ${kind} of ${resolution} × ${resolution} pixels takes ${gibibytes(total)} of memory`;
  const smaller = `scale the image to ${resolution / 2} × ${resolution / 2} pixels without smoothing`;
  if (largest > largestMemory) {
    return exceedsMemory(`${takes}; a solver can have ${gibibytes(largestMemory)}.`, `S${smaller.slice(1)}.`);
  }
  if (total <= allowed) return undefined;
  return exceedsMemory(`${takes}; ${gibibytes(allowed)} are allowed.`, `Allow it by \`--memory ${Math.ceil(total / 2 ** 30)}\`, or ${smaller}.`);
}

/**
 * A finding `workers-exceed-memory` when the testers of all threads take more than the machine has, with the optimizers next
 * to them if the run `optimizes`: one that stops before it constructs cells does not.
 */
export function refuseWorkers({ database, phases, plane, test, optimization, arms }: DesignCase, workers: number, machine: number, optimizes: boolean): Finding | undefined {
  const { resolution } = database;
  const { total: tester, largest } = testerMemory(resolution, phases, { kind: test, plane }, false);
  const refused = (what: string, bytes: number, lower: string): Finding | undefined => {
    const fitting = largest > largestMemory ? 0 : Math.floor(machine / bytes);
    if (fitting >= workers) return undefined;
    return {
      code: 'workers-exceed-memory',
      severity: 'error',
      message: `${what} ${resolution} × ${resolution} pixels takes ${gibibytes(bytes)} of memory${workers === 1 ? '' : ` on each of ${workers} threads`}; this machine has ${gibibytes(machine)}.`,
      remedy: fitting > 0 ? `Use \`--workers ${fitting}\` or ${lower}.` : `Use ${lower}.`,
    };
  };
  const found = refused(`The test ${test} of`, tester, 'a lower resolution');
  if (found !== undefined || !optimizes || arms.every(({ construct }) => construct !== 'optimize')) return found;
  const optimizer = optimizerMemory(resolution, phases, { kind: test, plane }, optimization.symmetry);
  return refused(`A topology optimization with the test ${test} of`, tester + optimizer, 'a lower resolution, or leave out `refine optimization` and `compare optimization`');
}

function exceedsMemory(message: string, remedy: string): Finding {
  return { code: 'test-exceeds-memory', severity: 'error', message, remedy };
}
