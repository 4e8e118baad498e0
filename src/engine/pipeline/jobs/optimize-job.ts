import { type Result, success } from '#domain/finding';
import type { OptimizationProblem, OptimizationSettings } from '#domain/optimization';
import { isBetter, objectiveValue, type Objective } from '#domain/objective';
import { type Artifact, type ArtifactArray, artifactAs, arraysWithPrefix, prefixArrays } from '#engine/core/artifact';
import { propertyOf } from '#engine/fem/virtual-test';
import { type MicrostructureBatch, packImages, unpackImage } from '#engine/grid/microstructure-batch';
import { createOptimizer, type Optimizer } from '#engine/optimization/optimizer';
import { type OptimizationStart, startOfImage } from '#engine/optimization/starts';
import { decodeState, encodeState, type OptimizationState } from '#engine/optimization/state';
import { checkConstraints } from '#engine/validation/constraint';
import { type FamilyStart, startOf } from '../arms/optimization-start';
import { decodeTrace, encodeTrace, refusedTrace } from '../arms/optimization-trace';
import type { JobContext } from './job-context';
import { testerFor } from './solve-job';

/** One optimization. */
export interface OptimizeInput {
  readonly problem: OptimizationProblem;
  readonly settings: OptimizationSettings;
  /** `image`: a batch of one. `family`: a start of the stream that the seed and the label fix. */
  readonly start:
    | { readonly kind: 'image'; readonly image: MicrostructureBatch }
    | FamilyStart;
  /** What an earlier job reported last. */
  readonly resumeFrom?: Artifact;
}

/** How far it is, after each iteration. */
export interface OptimizeEvent {
  readonly iterations: number;
  /** Every few iterations, as `encodeTrace` makes it; its cell is the one of these densities. */
  readonly trace?: Artifact;
  /** With every few traces: what `resumeFrom` takes. */
  readonly state?: Artifact;
}

/** Iterations between cuts that are tested, and between states: a state is as large as some hundred traces. */
const [cutEvery, stateEvery] = [5, 30];

/** Optimizes to the end, which is the best feasible cut; the output is the whole trace. A start where the objective has no gradient is a trace, too (`refused`). */
export async function optimizeJob(context: JobContext<OptimizeEvent>, { problem, settings, start, resumeFrom }: OptimizeInput): Promise<Result<Artifact>> {
  const made = createOptimizer(problem, settings);
  if (!made.ok) return made;
  const optimizer = made.value;
  const cutOf = createCutter(problem, optimizer);
  const begun = resumeFrom ? success(resume(resumeFrom, problem.objective)) : begin(optimizer, startFor(start, problem, optimizer), cutOf);
  if (!begun.ok) return success(refusedTrace);
  let { state, cuts } = begun.value;
  while (!state.finished) {
    context.signal.throwIfAborted();
    state = optimizer.advance(state);
    if (state.finished || state.iteration % cutEvery === 0) cuts = [...cuts, cutOf(state)];
    if (state.finished) break;
    const iterations = state.iteration;
    if (iterations % cutEvery !== 0) {
      context.emit({ iterations });
      continue;
    }
    const isSaved = iterations % stateEvery === 0;
    await context.emitAndWait({ iterations, trace: traceOf(state, cuts, 'running'), ...(isSaved && { state: saved(state, cuts, bestOf(cuts, problem.objective)) }) });
  }
  const { iteration, solverIterations } = cuts.at(-1)!;
  return success(traceOf(state, cuts.with(-1, { ...bestOf(cuts, problem.objective), iteration, solverIterations }), 'done'));
}

interface Progress {
  readonly state: OptimizationState;
  readonly cuts: readonly Cut[];
}

function begin(optimizer: Optimizer, start: OptimizationStart, cutOf: (state: OptimizationState) => Cut): Result<Progress> {
  const started = optimizer.start(start);
  return started.ok ? success({ state: started.value, cuts: [cutOf(started.value)] }) : started;
}

function startFor(start: OptimizeInput['start'], { window }: OptimizationProblem, { orbits }: Optimizer): OptimizationStart {
  if (start.kind === 'image') return startOfImage(unpackImage(start.image, 0), orbits);
  return startOf(start, orbits, window.upper);
}

/** The cell of some densities, tested. */
interface Cut {
  readonly iteration: number;
  readonly solverIterations: number;
  readonly objectiveValue: number;
  readonly feasible: boolean;
  readonly cell: Uint8Array;
}

/** What an optimization ends with: the best feasible cut, the later one of equals; without any the last cut, since the method approaches what is feasible. */
function bestOf(cuts: readonly Cut[], objective: Objective): Cut {
  const feasible = cuts.filter((cut) => cut.feasible);
  return feasible.length === 0 ? cuts.at(-1)! : feasible.reduce((best, cut) => (isBetter(objective, best.objectiveValue, cut.objectiveValue) ? best : cut));
}

function createCutter({ resolution, phases, plane, test, objective, constraints, window }: OptimizationProblem, optimizer: Optimizer): (state: OptimizationState) => Cut {
  const tester = testerFor(resolution, phases, { kind: test, plane });
  return (state) => {
    const cell = optimizer.cell(state);
    const measured = tester.run(cell);
    return {
      iteration: state.iteration,
      solverIterations: state.solverIterations,
      objectiveValue: objectiveValue(objective, propertyOf(measured, objective.property)),
      feasible: checkConstraints(constraints, window, measured).every(({ satisfied }) => satisfied),
      cell: packImages([cell], resolution).packed,
    };
  };
}

/** A state together with the cuts before it, and the cell of the best one. */
function saved(state: OptimizationState, cuts: readonly Cut[], best: Cut): Artifact {
  const [iterations, trace] = [encodeState(state), traceOf(state, cuts, 'running')];
  return {
    header: { state: iterations.header, trace: trace.header },
    arrays: { ...prefixArrays('state/', iterations.arrays), ...prefixArrays('trace/', trace.arrays), best: best.cell },
  };
}

function resume(artifact: Artifact, objective: Objective): Progress {
  const { header, arrays } = artifactAs<{ readonly state: Artifact['header']; readonly trace: Artifact['header'] }, { readonly [name: string]: ArtifactArray }>(artifact);
  const part = (name: 'state' | 'trace'): Artifact => ({ header: header[name], arrays: arraysWithPrefix(`${name}/`, arrays) });
  const { cuts, cell } = decodeTrace(part('trace'));
  const decoded = Array.from(cuts.values, (value, i): Cut => ({
    iteration: cuts.iterations[i]!, solverIterations: cuts.solverIterations[i]!, objectiveValue: value, feasible: cuts.feasible[i] === 1, cell,
  }));
  const best = bestOf(decoded, objective);
  return {
    state: decodeState(part('state')),
    // Only the cells of the last and of the best cut are kept, and no other is asked for.
    cuts: decoded.map((cut) => (cut === best ? { ...cut, cell: arrays['best'] as Uint8Array } : cut)),
  };
}

function traceOf({ values }: OptimizationState, cuts: readonly Cut[], outcome: 'running' | 'done'): Artifact {
  return encodeTrace(
    {
      values: Float64Array.from(values),
      cuts: {
        iterations: Int32Array.from(cuts, ({ iteration }) => iteration),
        solverIterations: Float64Array.from(cuts, ({ solverIterations }) => solverIterations),
        values: Float64Array.from(cuts, (cut) => cut.objectiveValue),
        feasible: Uint8Array.from(cuts, ({ feasible }) => Number(feasible)),
      },
      cell: cuts.at(-1)!.cell,
    },
    outcome,
  );
}
