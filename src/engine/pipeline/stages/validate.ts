/* Stage 8: every cell of both arms passes the test of the database; after heating also the periodic one. */
import { success } from '#engine/core/finding';
import type { VirtualTestKind, VirtualTestResult } from '#engine/fem/virtual-test';
import type { Artifact, ArtifactArray, Json } from '#engine/core/artifact';
import { concatenateArrays, runChunks } from '../chunks';
import type { DesignCandidates } from '../design-candidates';
import { joinImages, sliceImages } from '../gather-images';
import { describePhases } from '../describe-phases';
import type { Handle, Stage } from '../stage';
import { decodeTests } from '../test-columns';

const chunkSize = 20;

/** Tests of the cells of both arms; entry i belongs to cell i of the arm. */
export interface ArmTests {
  readonly explained: CellTests;
  readonly control: CellTests;
}

export interface CellTests {
  /** The case's own test. */
  readonly measured: readonly VirtualTestResult[];
  /** The periodic test for comparison; absent unless the case heats its cells. */
  readonly periodic?: readonly VirtualTestResult[];
}

export interface ValidateInputs {
  readonly explained: Handle<DesignCandidates>;
  readonly control: Handle<DesignCandidates>;
  readonly [name: string]: Handle<unknown>;
}

export const validate: Stage<ValidateInputs, ArmTests> = {
  name: 'validate',
  version: 7,
  describe: ({ phases, plane, test }) => ({ phases: describePhases(phases), plane, tests: testsOf(test) }),
  async run(context, { phases, plane, test }, { explained, control }) {
    const batch = joinImages([explained.value.cells, control.value.cells], explained.value.cells.resolution);
    const kinds = testsOf(test);
    const arrays: { [name: string]: ArtifactArray } = {};
    const headers: { [kind: string]: Json } = {};
    for (const [k, kind] of kinds.entries()) {
      const whole = { progress: (done: number) => context.progress(k * batch.count + done, kinds.length * batch.count) };
      const parts = await runChunks({ ...context, ...whole }, 'solve', batch.count, chunkSize, ({ from, to }) => ({
        batch: sliceImages(batch, from, to),
        phases,
        settings: { kind, plane },
      }), kind);
      if (!parts.ok) return parts;
      headers[kind] = parts.value[0]?.header ?? {};
      for (const [name, column] of Object.entries(concatenateArrays(parts.value))) arrays[`${kind}.${name}`] = column;
    }
    return success({ header: { test, headers, explained: explained.value.cells.count }, arrays });
  },
  read({ header, arrays }) {
    const kinds = testsOf(header['test'] as VirtualTestKind);
    const headers = header['headers'] as { readonly [kind: string]: Artifact['header'] };
    const [measured, periodic] = kinds.map((kind) => {
      const own = Object.entries(arrays).filter(([name]) => name.startsWith(`${kind}.`));
      const columns = Object.fromEntries(own.map(([name, column]) => [name.slice(kind.length + 1), column]));
      return own.length === 0 ? [] : decodeTests({ header: headers[kind]!, arrays: columns });
    });
    const explained = header['explained'] as number;
    const part = (from: number, to?: number): CellTests => ({
      measured: measured!.slice(from, to),
      ...(periodic && { periodic: periodic.slice(from, to) }),
    });
    return { explained: part(0, explained), control: part(explained) };
  },
};

/** The tests that a design passes: the case's own, then those for comparison. */
export function testsOf(test: VirtualTestKind): readonly VirtualTestKind[] {
  return test === 'heating' ? ['heating', 'periodic'] : [test];
}
