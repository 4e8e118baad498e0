/*
 * The construction of cells by topology optimization: each proposal is a start of a job of its own. A job reports its
 * trace every few iterations and now and then its whole state; both stay in slots, so that a killed run goes on from
 * there, and so that what it has come to can be looked at meanwhile (`optimizationsSoFar`).
 */
import type { DesignCase } from '#domain/case';
import { type Finding, type Result, success } from '#domain/finding';
import { type Artifact, type Json, toJson } from '#engine/core/artifact';
import { BugError, ensure } from '#engine/core/bug-error';
import type { MicrostructureBatch } from '#engine/grid/microstructure-batch';
import { mostIterations } from '#engine/optimization/optimizer';
import { gatherImages, joinImages } from '../gather-images';
import type { JobTable } from '../ports';
import { describePhases, type PartSlots, type StageContext } from '../stage';
import type { CandidateOrigin } from './candidate';
import type { BuiltCells, ConstructionInputs } from './construction';
import { familyStart } from './optimization-start';
import { decodeTrace, iterationsOf, type OptimizationTrace, outcomeOf, type TraceHeader } from './optimization-trace';

type Optimize = JobTable['optimize'];

/** Raised whenever the same start would end with another cell, or with one stored otherwise. The version of the stage is that of all constructions. */
const optimizerVersion = 2;

export function describeOptimizations({ phases, plane, test, objective, constraints, construct, optimization, database: { seed } }: DesignCase): Json {
  const { filter, symmetry } = optimization;
  return toJson({ version: optimizerVersion, phases: describePhases(phases), plane, test, objective, constraints, fraction: construct.fraction, filter, symmetry, seed });
}

/** A cell for each start, but for those where the objective has no gradient. */
export async function optimizeStarts(
  context: StageContext,
  problem: DesignCase,
  origins: readonly CandidateOrigin[],
  { images, parent, pictures }: ConstructionInputs,
): Promise<Result<BuiltCells>> {
  const { slots, executor, signal } = context;
  const { phases, plane, test, objective, constraints, construct, optimization, database } = problem;
  const { filter, symmetry } = optimization;
  const startOf = (origin: CandidateOrigin): Optimize['input']['start'] => {
    switch (origin.kind) {
      case 'parent': {
        const cell = parent?.candidates.find(({ id }) => id === origin.candidate)?.cell;
        ensure(parent !== undefined && cell !== undefined, 'an arm begins with designs that are there');
        return { kind: 'image', image: gatherImages(parent.cells, [cell]) };
      }
      case 'image':
        return { kind: 'image', image: gatherImages(images, [origin.image]) };
      case 'picture':
        ensure(pictures !== undefined, 'pictures are proposed with what they show');
        return { kind: 'image', image: gatherImages(pictures, [origin.number]) };
      case 'start':
        return familyStart(origin, problem);
      case 'patch':
        throw new BugError('an optimization starts from a whole cell');
    }
  };

  const outputs = origins.map((_, start) => slots.get(traceSlot(start)));
  const isDone = (start: number): boolean => outputs[start] !== undefined && outcomeOf(outputs[start]) !== 'running';
  const iterations = outputs.map((output) => (output === undefined ? 0 : iterationsOf(output)));
  const report = (details = {}): void => {
    const done = iterations.reduce((sum, count, start) => sum + (isDone(start) ? mostIterations : count), 0);
    const ended = origins.filter((_, start) => isDone(start)).length;
    context.progress(done, origins.length * mostIterations, { note: `${ended} of ${origins.length} starts optimized`, ...details });
  };
  const resumed = iterations.reduce((sum, count) => sum + count, 0);
  report(resumed > 0 ? { resumed } : {});

  const waiting = origins.map((_, start) => start).filter((start) => !isDone(start));
  const refusals: Finding[] = [];
  const work = async (): Promise<void> => {
    for (let start = waiting.shift(); start !== undefined && refusals.length === 0; start = waiting.shift()) {
      signal.throwIfAborted();
      const place = start;
      const state = slots.get(stateSlot(place));
      const input: Optimize['input'] = {
        problem: { phases, plane, test, objective, constraints, resolution: database.resolution, window: construct.fraction },
        settings: { filter, symmetry },
        start: startOf(origins[place]!),
        ...(state && { resumeFrom: state }),
      };
      const output = await executor.run('optimize', input, {
        onEvent(event) {
          const { trace, state: reached } = event;
          iterations[place] = event.iterations;
          // The state first: a trace goes at least as far as the state that it is resumed with.
          if (reached) slots.put(stateSlot(place), reached);
          if (trace) {
            slots.put(traceSlot(place), trace);
            outputs[place] = trace;
          }
          report();
        },
      });
      if (!output.ok) {
        refusals.push(...output.findings);
        return;
      }
      outputs[place] = output.value;
      iterations[place] = iterationsOf(output.value);
      slots.put(traceSlot(place), output.value);
      report();
    }
  };
  await Promise.all(Array.from({ length: Math.min(executor.concurrency, waiting.length) }, work));
  if (refusals.length > 0) return { ok: false, findings: refusals };

  const traces = outputs.map((output) => soFar(output!).trace);
  return success({
    refusals: traces.map((trace) => (trace === undefined ? 'no-gradient' : undefined)),
    cells: cellsOfTraces(traces, images.resolution),
    traces,
  });
}

/** The cells of the traces that are there, in their order. */
export function cellsOfTraces(traces: readonly (OptimizationTrace | undefined)[], resolution: number): MicrostructureBatch {
  return joinImages(traces.flatMap((trace) => (trace ? [{ count: 1, resolution, packed: trace.cell }] : [])), resolution);
}

function traceSlot(start: number): string {
  return `start ${start}`;
}

function stateSlot(start: number): string {
  return `start ${start} state`;
}

/** What an optimization has come to. */
export interface OptimizationSoFar {
  readonly outcome: TraceHeader['outcome'];
  /** Absent where the start was refused. */
  readonly trace?: OptimizationTrace;
}

function soFar(kept: Artifact): OptimizationSoFar {
  const outcome = outcomeOf(kept);
  return { outcome, ...(outcome !== 'refused' && { trace: decodeTrace(kept) }) };
}

/** What the optimizations of an arm that is not complete have come to; entry i belongs to proposal i, undefined as long as it has not begun. */
export function optimizationsSoFar(slots: Pick<PartSlots, 'get'>, starts: number): (OptimizationSoFar | undefined)[] {
  return Array.from({ length: starts }, (_, start) => {
    const kept = slots.get(traceSlot(start));
    return kept && soFar(kept);
  });
}
