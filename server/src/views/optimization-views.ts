/* Topology optimizations: how each goes or went, from stored candidates or from the checkpoints of a run, and what it began with. */
import { designName, looksOf } from '#display/arms';
import { groupLook } from '#display/starts';
import type { ArmSpec } from '#domain/arms';
import { failure, success, type Result } from '#domain/finding';
import { objectiveValue } from '#domain/objective';
import {
  bestOfDatabase, cellsOfTraces, ensure, keyOfStage, optimizationsSoFar, physicalLimits, propertyOf, rankedCells, startDensities, startGroupOf, unpackImage,
  type OptimizationResult, type OptimizationSoFar, type OptimizationTrace, type Proposals, type StoredCase, type VirtualTestResult,
} from '#engine/api';
import { packColumn } from '#protocol/packed';
import type { CutColumns, GroupOutcome, OptimizationOutcome, OptimizationRunView, OptimizationStartView, StartView } from '#protocol/views/optimization-views';
import { resultOf, type View, type ViewTools } from './view';
import { wireImages, wireLimit, wireObjective } from './wire';

type Origin = Proposals['origins'][number];

/** It waits for the first arm whose starts are chosen; a case without optimizations has an empty view at once. */
export const optimizationView: View<'optimization'> = {
  missing(stored) {
    const [first, ...others] = optimizingArms(stored);
    if (first === undefined || [first, ...others].some(({ name }) => stored.readArm(name, 'proposals'))) return undefined;
    return { stage: 'propose', arm: first.name };
  },
  make(_query, { stored, store }) {
    const { problem } = stored;
    const arms = optimizingArms(stored);
    const tests = stored.read('tests');
    const result = arms.length > 0 && !stored.missing() ? resultOf(stored) : undefined;
    const runs = arms.flatMap(({ name }): Run[] => {
      const proposals = stored.readArm(name, 'proposals');
      const soFar = proposals ? runsSoFar(stored, store, name, proposals.origins.length) : [];
      const designs = result?.arms.find((arm) => arm.name === name)?.designs ?? [];
      return (proposals?.origins ?? []).map((origin, candidate): Run => {
        ensure(origin.kind !== 'patch', 'an optimization starts from a whole cell');
        const run = soFar[candidate];
        const trace = run?.trace;
        const rank = designs.findIndex((design) => design.candidate === candidate) + 1;
        return {
          trace,
          view: {
            arm: name,
            candidate,
            group: startGroupOf(origin),
            start: startOfRun(stored, origin),
            state: run === undefined ? 'waiting' : run.outcome === 'done' ? 'ended' : run.outcome,
            iterations: trace?.values.length ?? 0,
            ...(trace && { cuts: cutColumns(trace) }),
            ...(rank > 0 && { rank }),
          },
        };
      });
    });
    const [limit] = physicalLimits(problem);
    const best = tests && bestOfDatabase(tests, problem.objective);
    return success({
      objective: wireObjective(problem, tests),
      arms: arms.map(({ name }) => name),
      groups: groupNames(runs).map((name) => ({ name, ...groupLook(name, problem.arms) })),
      runs: runs.map(({ view }) => view),
      cells: wireImages(cellsOfTraces(runs.map(({ trace }) => trace), problem.database.resolution)),
      ...(limit && { limit: wireLimit(problem, limit) }),
      ...(best && { bestImage: { image: best.index, objectiveValue: best.objectiveValue } }),
      ...(result?.optimization && { outcome: outcomeOf(result.optimization) }),
    });
  },
};

interface Run {
  readonly view: OptimizationRunView;
  readonly trace: OptimizationTrace | undefined;
}

function optimizingArms({ problem }: StoredCase): readonly ArmSpec[] {
  return problem.arms.filter(({ construct }) => construct === 'optimize');
}

/** Of complete arms from their candidates, of others from their checkpoints. */
function runsSoFar({ keys, readArm }: StoredCase, store: ViewTools['store'], arm: string, starts: number): readonly (OptimizationSoFar | undefined)[] {
  const traces = readArm(arm, 'candidates')?.traces;
  if (traces) return traces.map((trace): OptimizationSoFar => (trace ? { outcome: 'done', trace } : { outcome: 'refused' }));
  const key = keyOfStage(keys, { stage: 'construct', arm });
  return optimizationsSoFar({ get: (slot) => store.getCheckpoint(key, slot) }, starts);
}

/** Those that refine designs first. */
function groupNames(runs: readonly Run[]): readonly string[] {
  const refine = ({ view: { start } }: Run): number => Number(start.kind === 'design');
  return [...new Set([...runs].sort((a, b) => refine(b) - refine(a)).map(({ view }) => view.group))];
}

function startOfRun(stored: StoredCase, origin: Origin): StartView {
  const { problem } = stored;
  const valueOf = (test: VirtualTestResult): number => objectiveValue(problem.objective, propertyOf(test, problem.objective.property));
  switch (origin.kind) {
    case 'start':
      return { kind: 'family', family: origin.family, number: origin.number };
    case 'picture':
      return { kind: 'picture', file: problem.optimization.pictures![origin.number]!.file };
    case 'parent': {
      // An arm chooses among the designs of another one when these are tested.
      const tests = stored.readArm(origin.arm, 'cellTests')!.measured;
      const cell = cellOfParent(stored, origin)!;
      const rank = ranksOf(stored, tests).indexOf(cell) + 1;
      return { kind: 'design', arm: origin.arm, rank, name: designName(looksOf(problem.arms).get(origin.arm)!, rank), objectiveValue: valueOf(tests[cell]!) };
    }
    default:
      return { kind: 'image', image: origin.image, objectiveValue: valueOf(stored.read('tests')![origin.image]!) };
  }
}

function cellOfParent(stored: StoredCase, { arm, candidate }: Extract<Origin, { readonly kind: 'parent' }>): number | undefined {
  return stored.readArm(arm, 'candidates')!.candidates.find(({ id }) => id === candidate)?.cell;
}

const ranks = new WeakMap<readonly VirtualTestResult[], readonly number[]>();

/** Cells in the order of their designs, computed once. */
function ranksOf({ problem }: StoredCase, tests: readonly VirtualTestResult[]): readonly number[] {
  const known = ranks.get(tests) ?? rankedCells(tests, problem);
  ranks.set(tests, known);
  return known;
}

function cutColumns({ cuts }: OptimizationTrace): CutColumns {
  return { iterations: packColumn('i32', cuts.iterations), values: packColumn('f64', cuts.values), feasible: packColumn('u8', cuts.feasible) };
}

/** JSON has no NaN and no infinity: what is not known is absent. */
function outcomeOf({ bestKnown, targets, groups, comparisons }: OptimizationResult): OptimizationOutcome {
  return {
    ...(Number.isFinite(bestKnown) && { bestKnown }),
    targets: targets.map(({ share, value, scale }) => ({ share, ...(Number.isFinite(value) && { value }), scale })),
    groups: groups.map(({ name, runs, best, median, reached }): GroupOutcome => ({
      name,
      runs,
      ...(best !== undefined && { best }),
      ...(median !== undefined && { median }),
      reached: reached.map(({ runs: hits, iterations }) => ({ runs: hits, ...(Number.isFinite(iterations) && { iterations }) })),
    })),
    comparisons: comparisons.map(({ groups: pair, finalValues: { superiority, pOneSided } }) => ({ groups: pair, superiority, pOneSided })),
  };
}

/** The design, the image, or the densities of a family that a run began with. */
export const optimizationStartView: View<'optimizationStart'> = {
  missing(stored) {
    const isThere = optimizingArms(stored).some(({ name }) => stored.readArm(name, 'proposals'));
    return isThere ? undefined : { stage: 'propose' };
  },
  make({ arm, candidate }, { stored }) {
    const origin = stored.readArm(arm, 'proposals')?.origins[candidate];
    const density = origin && densityOf(stored, arm, origin);
    const edge = stored.problem.database.resolution;
    if (!density) return failure('no-such-design', `There is no optimization ${candidate} of an arm “${arm}”.`, 'Use a run that the view of optimizations lists.');
    return success<OptimizationStartView>({ width: edge, height: edge, density: packColumn('u8', density) }) satisfies Result<OptimizationStartView>;
  },
};

function densityOf(stored: StoredCase, arm: string, origin: Origin): Uint8Array | undefined {
  switch (origin.kind) {
    case 'picture':
      return unpackImage(stored.readArm(arm, 'proposals')!.pictures!, origin.number).data.map((white) => 255 * white);
    case 'start':
      return Uint8Array.from(startDensities(stored.problem, origin), (density) => Math.round(255 * density));
    case 'parent': {
      const cell = cellOfParent(stored, origin);
      return cell === undefined ? undefined : unpackImage(stored.readArm(origin.arm, 'candidates')!.cells, cell).data.map((white) => 255 * white);
    }
    case 'image':
      return unpackImage(stored.read('images')!.images, origin.image).data.map((white) => 255 * white);
    case 'patch':
      return undefined;
  }
}
