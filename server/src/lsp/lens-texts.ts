/* What code lenses say of runs. */
import { formatCount, formatNumber } from '#units/format-quantity';
import type { LastResult } from '../last-results';

/** `running: learn, 40%`, `finished: 196 of 239 designs feasible`. */
export function stateText(last: LastResult): string {
  const { state, designs, stale } = last;
  const more =
    state === 'running' ? progressText(last)
    : state === 'finished' && designs !== undefined ? `: ${designs.feasible} of ${formatCount(designs.all, 'design')} feasible`
    : '';
  return `${state}${more}${stale === true ? ' (stale: the file has changed)' : ''}`;
}

/** `: learn, 40%`; empty before the first stage. */
export function progressText({ progress }: Pick<LastResult, 'progress'>): string {
  if (progress === undefined) return '';
  const share = progress.share === undefined ? '' : `, ${formatNumber(100 * progress.share, 2)}%`;
  return `: ${progress.stage}${share}`;
}
