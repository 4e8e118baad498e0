/*
 * Runs that were interrupted together with their server are resumed automatically if the case in their file is
 * unchanged. The process of such a run ends by itself, but this may take a moment.
 */
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResumeRunParams, StartRunResponse } from '#protocol/runs';
import { readRecords, type FoundRecord } from '#runner/history/record-files';
import { meaningOf } from './case-meaning';
import type { CaseTexts } from './case-texts';

/** Milliseconds between checks of a run whose process is still alive, and their number: after that it belongs to another editor. */
const intervalMs = 250;
const checks = 40;

/** Resumes the interrupted runs of a file, the oldest first, and returns the responses. */
export async function resumeInterrupted(uri: string, texts: CaseTexts, resume: (run: ResumeRunParams) => Promise<StartRunResponse>): Promise<StartRunResponse[]> {
  const place = texts.placeOf(uri);
  if (!place) return [];
  const unended = (): FoundRecord[] =>
    readRecords(place.folder).filter(
      ({ record, owner }) => record.startedBy === 'editor' && owner.file === basename(place.file) && (record.state === 'running' || record.state === 'queued'),
    );
  for (let check = 0; check < checks && unended().some(({ interrupted }) => !interrupted); check++) await sleep(intervalMs);
  const interruptedRuns = unended().filter(({ interrupted }) => interrupted).reverse();
  if (interruptedRuns.length === 0) return [];
  const text = await texts.read(uri);
  if (text.kind === 'broken') return [];
  const unchanged = interruptedRuns.filter(({ record, owner }) => text.cases.some((each) => each.case.name === owner.case && meaningOf(each) === meaningOf(record.specification)));
  return Promise.all(unchanged.map(({ record: { run } }) => resume({ uri, run, wait: true })));
}
