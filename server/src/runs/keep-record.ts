/* Records that the process of a run cannot write: while it waits, and when it ended without a word. */
import type { RunStateKind } from '#domain/run-state';
import { readRecord, writeRecord } from '#runner/history/record-files';
import { newRecord, type RecordedState, type RunRecord } from '#runner/history/run-record';
import { ownIdentity } from '#runner/run-folder/process-identity';
import type { LiveRun } from './run-registry';

/** Makes the record of a run say what its state is, unless its own process did. Throws Node's errors of the file system. */
export function keepRecord({ run, place: { folder }, specification, until, state }: LiveRun): void {
  const known = readRecord(folder, run)?.record;
  const kind = recordedState(state.kind);
  if (known && known.state === kind && kind !== 'queued') return;
  const record: RunRecord = known ?? newRecord(run, 'editor', specification, {}, until, ownIdentity());
  writeRecord(folder, {
    ...record,
    ...(kind === 'queued' ? { process: ownIdentity() } : { ended: new Date().toISOString() }),
    specification,
    until,
    state: kind,
    findings: 'findings' in state ? state.findings : record.findings,
  });
}

function recordedState(kind: RunStateKind): RecordedState {
  // Nothing that this server runs is interrupted while it lives.
  return kind === 'interrupted' ? 'failed' : kind;
}
