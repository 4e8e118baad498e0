/*
 * Runs that were interrupted together with the server that watched them go on by themselves when their
 * text still says the same. The process of such a run ends by itself, but may take a moment.
 */
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ResumeRunParams, StartRunResponse } from '#protocol/runs';
import { readRecords, type FoundRecord } from '#runner/history/record-files';
import { meaningOf } from './case-meaning';
import type { CaseTexts } from './case-texts';

/** Milliseconds between looks, and how often a run that still runs is looked at: longer it is another editor's. */
const interval = 250;
const looks = 40;

/** Resumes what was interrupted of a file, the oldest first; the answers tell what became of it. */
export async function resumeInterrupted(uri: string, texts: CaseTexts, resume: (run: ResumeRunParams) => Promise<StartRunResponse>): Promise<StartRunResponse[]> {
  const place = texts.placeOf(uri);
  if (!place) return [];
  const claimed = (): FoundRecord[] =>
    readRecords(place.folder).filter(
      ({ record, owner }) => record.startedBy === 'editor' && owner.file === basename(place.file) && (record.state === 'running' || record.state === 'queued'),
    );
  for (let look = 0; look < looks && claimed().some(({ interrupted }) => !interrupted); look++) await sleep(interval);
  const left = claimed().filter(({ interrupted }) => interrupted).reverse();
  if (left.length === 0) return [];
  const text = await texts.read(uri);
  if (text.kind === 'broken') return [];
  const unchanged = left.filter(({ record, owner }) => text.cases.some((each) => each.case.name === owner.case && meaningOf(each) === meaningOf(record.specification)));
  return Promise.all(unchanged.map(({ record: { run } }) => resume({ uri, run, wait: true })));
}
