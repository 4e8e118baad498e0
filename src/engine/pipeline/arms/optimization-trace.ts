/* How an optimization went: its trace as an artifact, alone while it runs and with all of its arm afterward. */
import { type Artifact, type ArtifactArray, artifactAs, arraysWithPrefix, concatenateArrays, prefixArrays } from '#engine/core/artifact';

export interface OptimizationTrace {
  /** The objective of the gray cell at each iteration, SI; entry i at iteration i + 1. */
  readonly values: Float64Array;
  /** The cell that the densities would give, cut and tested: every few iterations, first before the first one, last at the end. */
  readonly cuts: {
    readonly iterations: Int32Array;
    /** Iterations of the solver until then. */
    readonly solverIterations: Float64Array;
    /** The objective by the case's own test, SI. */
    readonly values: Float64Array;
    /** 1 where all constraints are satisfied. */
    readonly feasible: Uint8Array;
  };
  /** The cell of the last cut; packed bits. */
  readonly cell: Uint8Array;
}

export interface TraceHeader {
  /** `refused`: the objective has no gradient at the start. */
  readonly outcome: 'running' | 'done' | 'refused';
}

interface TraceArrays {
  readonly values: Float64Array;
  readonly cutIterations: Int32Array;
  readonly cutSolverIterations: Float64Array;
  readonly cutValues: Float64Array;
  readonly cutFeasible: Uint8Array;
  readonly cell: Uint8Array;
}

/** Whether the optimization of a trace has ended. */
export function outcomeOf(trace: Artifact): TraceHeader['outcome'] {
  return artifactAs<TraceHeader, unknown>(trace).header.outcome;
}

/** Iterations of a trace. */
export function iterationsOf(trace: Artifact): number {
  return trace.arrays['values']!.length;
}

/** One trace as an artifact. */
export function encodeTrace({ values, cuts, cell }: OptimizationTrace, outcome: TraceHeader['outcome']): Artifact {
  return {
    header: { outcome },
    arrays: { values, cutIterations: cuts.iterations, cutSolverIterations: cuts.solverIterations, cutValues: cuts.values, cutFeasible: cuts.feasible, cell },
  };
}

/** The trace that `encodeTrace` was given. */
export function decodeTrace(trace: Artifact): OptimizationTrace {
  const { values, cutIterations, cutSolverIterations, cutValues, cutFeasible, cell } = artifactAs<TraceHeader, TraceArrays>(trace).arrays;
  return { values, cell, cuts: { iterations: cutIterations, solverIterations: cutSolverIterations, values: cutValues, feasible: cutFeasible } };
}

/** The trace of an optimization that its start refuses. */
export const refusedTrace: Artifact = encodeTrace(
  { values: new Float64Array(), cell: new Uint8Array(), cuts: { iterations: new Int32Array(), solverIterations: new Float64Array(), values: new Float64Array(), feasible: new Uint8Array() } },
  'refused',
);

/** Columns `trace/…` of all traces, end to end; `trace/lengths` has the numbers of iterations and of cuts of each, −1 where it was refused. */
export function encodeTraces(traces: readonly (OptimizationTrace | undefined)[]): { readonly [name: string]: ArtifactArray } {
  const columns = concatenateArrays(traces.flatMap((trace) => (trace ? [encodeTrace(trace, 'done')] : [])));
  const lengths = Int32Array.from(traces.flatMap((trace) => (trace ? [trace.values.length, trace.cuts.values.length] : [-1, -1])));
  return prefixArrays('trace/', { ...columns, lengths });
}

/** The traces that `encodeTraces` was given. */
export function decodeTraces(arrays: { readonly [name: string]: ArtifactArray }): (OptimizationTrace | undefined)[] {
  const { lengths, ...columns } = arraysWithPrefix('trace/', arrays);
  const count = lengths!.length / 2;
  const known = Array.from({ length: count }, (_, i) => i).filter((i) => lengths![2 * i]! >= 0).length;
  let [value, cut, cell] = [0, 0, 0];
  return Array.from({ length: count }, (_, i): OptimizationTrace | undefined => {
    const [iterations, cuts] = [lengths![2 * i]!, lengths![2 * i + 1]!];
    if (iterations < 0) return undefined;
    const bytes = columns['cell']!.length / known;
    const part = (name: string): ArtifactArray => {
      const [from, length] = name === 'values' ? [value, iterations] : name === 'cell' ? [cell, bytes] : [cut, cuts];
      return columns[name]!.slice(from, from + length);
    };
    const trace = decodeTrace({ header: {}, arrays: Object.fromEntries(Object.keys(columns).map((name) => [name, part(name)])) });
    [value, cut, cell] = [value + iterations, cut + cuts, cell + bytes];
    return trace;
  });
}
