/* The progress of stages together with the queue of a cluster: how many shards wait, run and are done is the note of the stage under way. */
import { shardsText, type ShardStates } from '#display/shards';
import type { StageEvent } from '#domain/run-state';

export interface QueueNotes {
  onStage(event: StageEvent): void;
  onQueue(counts: ShardStates): void;
}

/** Sends the events of stages, each progress with the note of the queue, and the last progress again when the queue has changed. */
export function noteQueue(send: (event: StageEvent) => void): QueueNotes {
  let shards = '';
  let current: Extract<StageEvent, { readonly state: 'running' }> | undefined;
  const noted = (event: StageEvent): StageEvent => {
    if (event.state === 'finished' || !event.progress || shards === '') return event;
    const { note, ...progress } = event.progress;
    return { ...event, progress: { ...progress, note: note === undefined ? shards : `${note}, ${shards}` } };
  };
  return {
    onStage(event) {
      current = event.state === 'running' ? event : undefined;
      send(noted(event));
    },
    onQueue(counts) {
      const text = shardsText(counts);
      if (text === shards) return;
      shards = text;
      if (!current) return;
      // What an earlier run had left is told once.
      const { resumed: _told, ...progress } = current.progress ?? { done: 0, total: 0 };
      current = { ...current, progress };
      send(noted(current));
    },
  };
}
