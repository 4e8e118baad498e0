/* How an optimization went: its trace as an artifact, alone while it runs and with all of its arm afterward. */
import { type Artifact, type ArtifactArray, artifactAs } from '#engine/core/artifact';

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
  const known = traces.filter((trace) => trace !== undefined);
  const join = <T extends Float64Array | Int32Array | Uint8Array>(make: (length: number) => T, parts: readonly T[]): T => {
    const whole = make(parts.reduce((sum, { length }) => sum + length, 0));
    let offset = 0;
    for (const part of parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  };
  return {
    'trace/lengths': Int32Array.from(traces.flatMap((trace) => (trace ? [trace.values.length, trace.cuts.values.length] : [-1, -1]))),
    'trace/values': join((length) => new Float64Array(length), known.map(({ values }) => values)),
    'trace/cutIterations': join((length) => new Int32Array(length), known.map(({ cuts }) => cuts.iterations)),
    'trace/cutSolverIterations': join((length) => new Float64Array(length), known.map(({ cuts }) => cuts.solverIterations)),
    'trace/cutValues': join((length) => new Float64Array(length), known.map(({ cuts }) => cuts.values)),
    'trace/cutFeasible': join((length) => new Uint8Array(length), known.map(({ cuts }) => cuts.feasible)),
    'trace/cells': join((length) => new Uint8Array(length), known.map(({ cell }) => cell)),
  };
}

/** The traces that `encodeTraces` was given. */
export function decodeTraces(arrays: { readonly [name: string]: ArtifactArray }): (OptimizationTrace | undefined)[] {
  const lengths = arrays['trace/lengths'] as Int32Array;
  const known = Array.from({ length: lengths.length / 2 }, (_, i) => i).filter((i) => lengths[2 * i]! >= 0).length;
  const bytes = known === 0 ? 0 : arrays['trace/cells']!.length / known;
  let [value, cut, cell] = [0, 0, 0];
  return Array.from({ length: lengths.length / 2 }, (_, i): OptimizationTrace | undefined => {
    const [iterations, cuts] = [lengths[2 * i]!, lengths[2 * i + 1]!];
    if (iterations < 0) return undefined;
    const of = (name: string): ArtifactArray => arrays[`trace/${name}`]!;
    const trace: OptimizationTrace = {
      values: of('values').slice(value, value + iterations) as Float64Array,
      cuts: {
        iterations: of('cutIterations').slice(cut, cut + cuts) as Int32Array,
        solverIterations: of('cutSolverIterations').slice(cut, cut + cuts) as Float64Array,
        values: of('cutValues').slice(cut, cut + cuts) as Float64Array,
        feasible: of('cutFeasible').slice(cut, cut + cuts) as Uint8Array,
      },
      cell: of('cells').slice(cell, cell + bytes) as Uint8Array,
    };
    [value, cut, cell] = [value + iterations, cut + cuts, cell + bytes];
    return trace;
  });
}
