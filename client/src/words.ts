/* How states, stages and times are written in the editor's own controls. */
import { findingText, type Finding } from '#domain/finding';
import type { RunProgress, RunState } from '#domain/run-state';
import { placeText, type StageName } from '#domain/stages';

/** What each stage does, as a user would say it. */
export const stageTitles: Readonly<Record<StageName, string>> = {
  generate: 'Draw images',
  solve: 'Test images',
  select: 'Select exceptional images',
  learn: 'Train the network',
  explain: 'Explain',
  examine: 'Examine the explanation',
  propose: 'Propose patches',
  construct: 'Construct cells',
  validate: 'Test designs',
};

/** A stage, and the arm that it serves if there is one: `Construct cells (control)`. */
export function stageTitle({ stage, arm }: { readonly stage: StageName; readonly arm?: string | undefined }): string {
  return arm === undefined ? stageTitles[stage] : `${stageTitles[stage]} (${arm})`;
}

export function describeState(state: RunState): string {
  switch (state.kind) {
    case 'running':
      return state.stage === undefined ? 'starting' : describeProgress(state);
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

/** Such as `learn 43 % · 12/s · 3 min left`. */
export function describeProgress({ stage, arm, done, total, rate, secondsLeft }: RunProgress): string {
  const place = stage === undefined ? '' : placeText({ stage, arm });
  const parts = [total > 0 ? `${place} ${Math.floor((100 * done) / total)} %` : place];
  if (rate !== undefined) parts.push(`${rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2))}/s`);
  if (secondsLeft !== undefined) parts.push(`${formatSeconds(secondsLeft)} left`);
  return parts.join(' · ');
}

export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
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
