/* The progress of a run as LSP defines it, with a cancel button, for clients that can show it. */
import type { Connection } from 'vscode-languageserver';
import { roughDurationText } from '#display/durations';
import { readingTerms } from '#display/stages';
import { isActive, type RunState } from '#domain/run-state';
import { placeText } from '#domain/stages';
import { studyOf } from '#domain/study';
import type { LiveRun } from './run-registry';

export interface WorkDone {
  /** Shows the state of a run, from its first to its last. Variants that one process runs share one display. */
  show(run: LiveRun): void;
}

type Shown = Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>>;

export function createWorkDone(connection: Connection, onCancel: (run: string) => void): WorkDone {
  /** By the first run of a process; `active` are those of its runs that have not ended. */
  const shown = new Map<string, { readonly progress: Promise<Shown>; readonly active: Set<string> }>();
  const begin = async ({ specification: { case: { name } }, part }: LiveRun, active: ReadonlySet<string>): Promise<Shown> => {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin(`XDesign: ${part ? studyOf(name) : name}`, undefined, 'waiting', true);
    progress.token.onCancellationRequested(() => active.forEach(onCancel));
    return progress;
  };
  return {
    show(live) {
      const first = live.part?.runs[0] ?? live.run;
      const active = shown.get(first)?.active ?? new Set(live.part?.runs ?? [live.run]);
      const known = shown.get(first) ?? { progress: begin(live, active), active };
      shown.set(first, known);
      if (!isActive(live.state)) active.delete(live.run);
      if (active.size === 0) shown.delete(first);
      const isDone = active.size === 0;
      void known.progress.then((progress) => {
        if (isDone) progress.done();
        else if (live.state.kind === 'running' || !live.part) progress.report(progressText(live));
      });
    },
  };
}

/** `solve 1200 of 20000, 95 per second, 3 min left`, after `variant 3 of 7` in a study. */
export function progressText({ state, part }: Pick<LiveRun, 'state' | 'part'>): string {
  return part ? `variant ${part.index + 1} of ${part.count}, ${stageText(state)}` : stageText(state);
}

function stageText(state: RunState): string {
  if (state.kind !== 'running') return state.kind;
  const { stage, arm, done, total, rate, secondsLeft, note } = state;
  if (stage === undefined && total === 0) return 'starting';
  const place = stage === undefined ? readingTerms.doing.toLowerCase() : placeText({ stage, arm });
  return [
    total > 0 ? `${place} ${done} of ${total}` : place,
    ...(rate === undefined ? [] : [`${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)} per second`]),
    ...(secondsLeft === undefined ? [] : [`${roughDurationText(secondsLeft)} left`]),
    ...(note === undefined ? [] : [note]),
  ].join(', ');
}
