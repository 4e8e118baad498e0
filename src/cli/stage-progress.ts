/*
 * Progress of stages as text on standard error: one line that is rewritten on a terminal, one line
 * every few seconds elsewhere (a log file).
 */
import type { StageEvent, StageProgress } from '#domain/run-state';
import { placeText, type StagePlace } from '#domain/stages';
import { durationText, roughDurationText } from '#display/durations';
import { type ShardStates, shardsText } from '#display/shards';

/** Where lines go; `rewritable` is a terminal. */
export interface ProgressOutput {
  readonly rewritable: boolean;
  write(text: string): void;
}

const logInterval = 5000; // ms between lines in a log
const terminalInterval = 100; // ms between redraws on a terminal

export interface ProgressDisplay {
  heading(text: string): void;
  /** So many of the pictures of databases are read. */
  onReading(done: number, total: number): void;
  onStage(event: StageEvent): void;
  /** How many shards of a cluster are in which state. */
  onQueue(counts: ShardStates): void;
  /** Ends the line that is being rewritten, so that other output starts on a line of its own. */
  breakLine(): void;
}

/** A progress display; `now` in milliseconds. */
export function createStageProgress(output: ProgressOutput, now: () => number = () => performance.now()): ProgressDisplay {
  let started = 0;
  let firstDone: number | undefined; // items that were there when counting began
  let lastShown = -Infinity;
  let openLine = false;
  let shards = '';

  const line = (text: string): void => {
    breakLine();
    output.write(`${text}\n`);
  };
  const breakLine = (): void => {
    if (openLine) output.write('\r\x1b[K');
    openLine = false;
  };
  const show = (text: string): void => {
    if (!output.rewritable) return line(text);
    output.write(`\r\x1b[K${text}`);
    openLine = true;
  };

  return {
    heading: line,
    breakLine,
    onReading(done, total) {
      if (done === 1) started = now();
      if (now() - lastShown < (output.rewritable ? terminalInterval : logInterval) && done < total) return;
      lastShown = now();
      const text = `Reading pictures  ${done}/${total}`;
      if (done < total) show(text);
      else line(text);
    },
    onQueue(counts) {
      const text = shardsText(counts);
      if (text === shards) return;
      shards = text;
      if (text === '') return;
      if (output.rewritable) show(`  ${text}`);
      else if (now() - lastShown >= logInterval || counts.failed > 0) {
        lastShown = now();
        line(`  ${text}`);
      }
    },
    onStage(event) {
      if (event.state === 'finished') {
        const how = event.reused === 'everything' ? 'from the store' : durationText((now() - started) / 1000);
        line(`  ${column(event)} finished, ${how}`);
      } else if (!event.progress) {
        started = now();
        firstDone = undefined;
        lastShown = output.rewritable ? -Infinity : started;
      } else {
        const { done, total, resumed } = event.progress;
        firstDone ??= resumed ?? 0;
        if (resumed) line(`  ${column(event)} resumes after ${resumed} of ${total}`);
        if (now() - lastShown < (output.rewritable ? terminalInterval : logInterval)) return;
        lastShown = now();
        show([progressText(event, event.progress, done - firstDone, (now() - started) / 1000), ...(shards === '' ? [] : [shards])].join('  '));
      }
    },
  };
}

/** The stage's name as wide as those of most arms. */
function column(place: StagePlace): string {
  return placeText(place).padEnd(19);
}

/** e.g. `  solve               340/800  27.1/s  17 s left  loss 0.012`. */
function progressText(place: StagePlace, { done, total, note }: StageProgress, doneNow: number, seconds: number): string {
  const parts = [`  ${column(place)} ${count(done)}/${count(total)}`];
  if (doneNow > 0 && seconds > 0) {
    const rate = doneNow / seconds;
    parts.push(rate >= 1 ? `${rate.toPrecision(3)}/s` : `${(60 * rate).toPrecision(3)}/min`, `${roughDurationText((total - done) / rate)} left`);
  }
  if (note !== undefined) parts.push(note);
  return parts.join('  ');
}

function count(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
