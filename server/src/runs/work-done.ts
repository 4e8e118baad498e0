/* The progress of a run as LSP defines it, with a cancel button, for clients that can show it. */
import type { Connection } from 'vscode-languageserver';
import { roughDurationText } from '#display/durations';
import { isActive } from '#domain/run-state';
import { placeText } from '#domain/stages';
import type { LiveRun } from './run-registry';

export interface WorkDone {
  /** Shows the state of a run, from its first to its last. */
  show(run: LiveRun): void;
}

type Shown = Awaited<ReturnType<Connection['window']['createWorkDoneProgress']>>;

export function createWorkDone(connection: Connection, onCancel: (run: string) => void): WorkDone {
  const shown = new Map<string, Promise<Shown>>();
  const begin = async ({ run, specification }: LiveRun): Promise<Shown> => {
    const progress = await connection.window.createWorkDoneProgress();
    progress.begin(`XDesign: ${specification.case.name}`, undefined, 'waiting', true);
    progress.token.onCancellationRequested(() => onCancel(run));
    return progress;
  };
  return {
    show(live) {
      const known = shown.get(live.run) ?? begin(live);
      shown.set(live.run, known);
      const message = progressText(live);
      if (!isActive(live.state)) shown.delete(live.run);
      void known.then((progress) => (isActive(live.state) ? progress.report(message) : progress.done()));
    },
  };
}

/** `solve 1200 of 20000, 95 per second, 3 min left`. */
export function progressText({ state }: Pick<LiveRun, 'state'>): string {
  if (state.kind !== 'running') return state.kind;
  const { stage, arm, done, total, rate, secondsLeft, note } = state;
  if (stage === undefined) return 'starting';
  const place = placeText({ stage, arm });
  return [
    total > 0 ? `${place} ${done} of ${total}` : place,
    ...(rate === undefined ? [] : [`${rate < 10 ? rate.toFixed(1) : rate.toFixed(0)} per second`]),
    ...(secondsLeft === undefined ? [] : [`${roughDurationText(secondsLeft)} left`]),
    ...(note === undefined ? [] : [note]),
  ].join(', ');
}
