import type { RunState } from '#domain/run-state';
import { stageWords } from './stage-words';

/** `Training the network: 120 of 400, about 1 min left · epoch 3, loss 0.0038`. */
export function progressText({ stage, arm, done, total, secondsLeft, note }: Extract<RunState, { readonly kind: 'running' }>): string {
  const what = stage ? `${stageWords[stage].doing}${arm === undefined ? '' : ` (${arm})`}` : 'Starting';
  const count = total > 0 ? `: ${done} of ${total}` : '';
  const left = secondsLeft === undefined ? '' : `, about ${durationText(secondsLeft)} left`;
  return `${what}${count}${left}${note ? ` · ${note}` : ''}`;
}

function durationText(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `${whole} s` : `${Math.round(whole / 60)} min`;
}
