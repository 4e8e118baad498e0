/* How states of runs are written in the editor's own controls. */
import { roughDurationText } from '#display/durations';
import { readingTerms } from '#display/stages';
import { findingText, type Finding } from '#domain/finding';
import type { RunProgress, RunState } from '#domain/run-state';
import { placeText } from '#domain/stages';

export function describeState(state: RunState): string {
  switch (state.kind) {
    case 'running':
      return state.stage === undefined && state.total === 0 ? 'starting' : describeProgress(state);
    case 'finished':
      return state.until === 'validate' ? 'finished' : `finished up to ${state.until}`;
    case 'queued':
      return state.behind === undefined ? 'queued' : `queued, waits for ${state.behind}`;
    case 'failed':
      return `failed: ${state.findings.map(({ message }) => message).join(' ')}`;
    default:
      return state.kind;
  }
}

/** Such as `learn 43 % · 12/s · 3 min left`; `reading images 43 %` before the first stage. */
export function describeProgress({ stage, arm, done, total, rate, secondsLeft }: RunProgress): string {
  const place = stage === undefined ? readingTerms.doing.toLowerCase() : placeText({ stage, arm });
  const parts = [total > 0 ? `${place} ${Math.floor((100 * done) / total)} %` : place];
  if (rate !== undefined) parts.push(`${rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2))}/s`);
  if (secondsLeft !== undefined) parts.push(`${roughDurationText(secondsLeft)} left`);
  return parts.join(' · ');
}

/** The state with all that can be done about it. */
export function explainState(state: RunState): string {
  if (state.kind === 'failed') return `failed: ${describeFindings(state.findings)}`;
  const isCut = state.kind === 'finished' && state.findings.length > 0;
  return isCut ? `${describeState(state)}\n${describeFindings(state.findings)}` : describeState(state);
}

/** Findings as one text for a message. */
export function describeFindings(findings: readonly Finding[]): string {
  return findings.map(findingText).join('\n');
}
