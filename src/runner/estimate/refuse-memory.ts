/* Refusals of virtual tests that would not fit into memory, before any of it is taken. */
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import type { PhasePair, PlaneAssumption } from '#domain/materials';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { largestMemory, testerMemory } from '#engine/api';

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

/** A finding `workers-exceed-memory` when the testers of all threads take more than the machine has. */
export function refuseWorkers({ database, phases, plane, test }: DesignCase, workers: number, machine: number): Finding | undefined {
  const { resolution } = database;
  const { total, largest } = testerMemory(resolution, phases, { kind: test, plane }, false);
  const fitting = largest > largestMemory ? 0 : Math.floor(machine / total);
  if (fitting >= workers) return undefined;
  return {
    code: 'workers-exceed-memory',
    severity: 'error',
    message: `The test ${test} of ${resolution} × ${resolution} pixels takes ${gibibytes(total)} of memory${workers === 1 ? '' : ` on each of ${workers} threads`}; this machine has ${gibibytes(machine)}.`,
    remedy: fitting > 0 ? `Use \`--workers ${fitting}\` or a lower resolution.` : 'Use a lower resolution.',
  };
}

function exceedsMemory(message: string, remedy: string): Finding {
  return { code: 'test-exceeds-memory', severity: 'error', message, remedy };
}
