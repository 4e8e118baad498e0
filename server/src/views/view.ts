/* What makes one view: which values of the case it needs, and how its content comes from them. */
import type { CaseValues, Result, StoredCase, ValueName } from '#engine/api';
import type { RunExecutor } from '#runner/executors/run-executor';
import type { StoreView } from '#runner/store/store-view';
import type { ViewContent, ViewName, ViewTable } from '#protocol/views';

/** What views have beside the values of their case. */
export interface ViewTools {
  readonly stored: StoredCase;
  readonly store: StoreView;
  /** Threads for what takes long. */
  readonly executor: RunExecutor;
}

export type NeededValues<Needs extends ValueName> = { readonly [N in Needs]: NonNullable<CaseValues[N]> };

export interface View<N extends ViewName> {
  /** Values without which there is nothing to show. */
  readonly needs: readonly ValueName[];
  make(values: NeededValues<ValueName>, query: ViewTable[N]['query'], tools: ViewTools): Result<ViewContent<N>> | Promise<Result<ViewContent<N>>>;
}

/** A view that sees only the values that it says it needs. */
export function view<N extends ViewName, Needs extends ValueName>(
  needs: readonly Needs[],
  make: (values: NeededValues<Needs>, query: ViewTable[N]['query'], tools: ViewTools) => Result<ViewContent<N>> | Promise<Result<ViewContent<N>>>,
): View<N> {
  return { needs, make };
}
