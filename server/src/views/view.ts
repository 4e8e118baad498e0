/* The parts of a view: the values of the case that it needs, and the function that makes its content from them. */
import { failure, success, type Result } from '#domain/finding';
import type { StagePlace } from '#domain/stages';
import { assembleCaseResult, BugError, stageOf, type CaseResult, type SharedValues, type StoredCase, type ValueName } from '#engine/api';
import { formatCount } from '#units/format-quantity';
import type { CaseSpecification } from '#language/specification/specification';
import type { RunExecutor } from '#runner/jobs/thread-executor';
import { type ArmInView, armsInView } from '#runner/report/case-view';
import { designName } from '#display/arms';
import type { StoreView } from '#runner/store/store';
import type { ViewContent, ViewName, ViewTable } from '#protocol/views';

/** What views can use besides the values that they need. */
export interface ViewTools {
  readonly stored: StoredCase;
  /** The case as it is in the file now; absent while the file has errors. */
  readonly current?: CaseSpecification;
  /** Path of the run folder. */
  readonly folder?: string;
  readonly store: StoreView;
  /** Threads for long computations. */
  readonly executor: RunExecutor;
}

export interface View<N extends ViewName> {
  /** It may be made before a run has made its folder. */
  readonly withoutFolder?: true;
  /** The stage of the first missing value that the view needs. */
  missing(stored: StoredCase): StagePlace | undefined;
  make(query: ViewTable[N]['query'], tools: ViewTools): Made<N>;
}

type Made<N extends ViewName> = Result<ViewContent<N>> | Promise<Result<ViewContent<N>>>;

/** A view that gets only the values that it declares in `needs`. */
export function view<N extends ViewName, Needs extends ValueName>(
  needs: readonly Needs[],
  make: (values: Pick<SharedValues, Needs>, query: ViewTable[N]['query'], tools: ViewTools) => Made<N>,
): View<N> {
  return {
    missing(stored) {
      const name = needs.find((each) => stored.read(each) === undefined);
      return name && { stage: stageOf(name) };
    },
    make: (query, tools) => make(Object.fromEntries(needs.map((name) => [name, tools.stored.read(name)])) as Pick<SharedValues, Needs>, query, tools),
  };
}

/** A view of the whole result. */
export function viewOfResult<N extends ViewName>(make: (result: CaseResult, query: ViewTable[N]['query'], tools: ViewTools) => Made<N>): View<N> {
  return { missing: (stored) => stored.missing(), make: (query, tools) => make(resultOf(tools.stored), query, tools) };
}

const results = new WeakMap<StoredCase, CaseResult>();

/** The result of a case whose values are all there, assembled once. Panels show no times and no strips, so it has none. */
export function resultOf(stored: StoredCase): CaseResult {
  const known = results.get(stored);
  if (known) return known;
  const result = assembleCaseResult(stored.problem, stored.readAll(), { stages: [], secondsOf: () => 0 }, 0);
  if (!result) throw new BugError('a result was requested before its values are available');
  results.set(stored, result);
  return result;
}

/** An arm by its name; undefined when the case has none. */
export function armOf(result: CaseResult, name: string): ArmInView | undefined {
  return armsInView(result).find(({ arm }) => arm.name === name);
}

/** A design by its rank from 1. Finding: `no-such-design`. */
export function designOf(result: CaseResult, name: string, rank: number): Result<ArmInView & { readonly index: number }> {
  const found = armOf(result, name);
  if (found?.arm.designs[rank - 1]) return success({ ...found, index: rank - 1 });
  const wanted = found ? designName(found.look, rank) : `design ${rank} of an arm “${name}”`;
  return failure('no-such-design', `There is no ${wanted}; this arm has ${formatCount(found?.arm.designs.length ?? 0, 'design')}.`, 'Use a rank that the result lists.');
}

