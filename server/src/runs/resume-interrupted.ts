/*
 * Runs that were interrupted together with the server that watched them go on by themselves when their
 * text still says the same. The process of such a run ends by itself, but may take a moment.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CaseSpecification } from '#language/specification';
import type { NamedRun, StartRunAnswer } from '#protocol/runs';
import { readRecords, type FoundRecord } from '#runner/history/record-files';
import { isOfFile } from '../records-of-file';
import type { CaseTexts } from './case-texts';

/** Milliseconds between looks, and how often a run that still runs is looked at: longer it is another editor's. */
const interval = 250;
const looks = 40;

/** Resumes what was interrupted of a file, the oldest first; the answers tell what became of it. */
export async function resumeInterrupted(uri: string, texts: CaseTexts, resume: (run: NamedRun) => Promise<StartRunAnswer>): Promise<StartRunAnswer[]> {
  const place = texts.placeOf(uri);
  if (!place) return [];
  const claimed = (): FoundRecord[] =>
    readRecords(place.folder).filter(
      ({ record }) => record.startedBy === 'editor' && isOfFile(record.specification, place.file) && (record.state === 'running' || record.state === 'queued'),
    );
  for (let look = 0; look < looks && claimed().some(({ interrupted }) => !interrupted); look++) await sleep(interval);
  const left = claimed().filter(({ interrupted }) => interrupted).reverse();
  if (left.length === 0) return [];
  const text = await texts.read(uri);
  if (text.kind === 'broken') return [];
  const unchanged = left.filter(({ record: { specification } }) => text.cases.some((each) => saysTheSame(each, specification)));
  return Promise.all(unchanged.map(({ record: { run } }) => resume({ uri, run })));
}

/** Whether two texts of a case mean the same, wherever they stand. */
function saysTheSame({ place: _a, ...a }: CaseSpecification, { place: _b, ...b }: CaseSpecification): boolean {
  return isDeepStrictEqual(a, b);
}
