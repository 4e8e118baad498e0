import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CaseSpecification } from '#language/specification/specification';
import { deleteRecord, readRecord, readRecords, writeRecord } from '#runner/history/record-files';
import { newRecord, newRunId, recordVersion, type RecordedState, type RunRecord } from '#runner/history/run-record';
import { ownIdentity } from '#runner/run-folder/process-identity';
import { temporaryFolder } from '#test/support/temporary-folder';

const specification = { place: { file: '/plates/small.xdesign' }, case: { name: 'Stiffness' } } as CaseSpecification;
const owner = { file: 'small.xdesign', case: 'Stiffness' };
const own = ownIdentity();
const gone = { ...own, startTime: 'an earlier boot/1' };

const record = (changes: Partial<RunRecord> = {}): RunRecord => ({ ...newRecord(newRunId(), 'editor', specification, {}, 'validate', own), ...changes });

describe('records', () => {
  test('come back as they were, the newest first', () => {
    const folder = temporaryFolder();
    const older = record({ started: '2026-03-01T08:15:00.000Z' });
    const newer = record({ started: '2026-03-02T08:15:00.000Z', state: 'finished' });
    writeRecord(folder, older);
    writeRecord(folder, newer);
    expect(readRecords(folder)).toEqual([{ record: newer, interrupted: false, owner }, { record: older, interrupted: false, owner }]);
    expect(readdirSync(join(folder, 'runs')).sort()).toEqual([`${newer.run}.json`, `${older.run}.json`].sort());
  });

  test.each([
    ['queued', true],
    ['running', true],
    ['finished', false],
    ['failed', false],
    ['cancelled', false],
  ] satisfies [RecordedState, boolean][])('of a process that is gone and said %s: interrupted %s', (state, interrupted) => {
    const folder = temporaryFolder();
    const left = record({ state, process: gone });
    writeRecord(folder, left);
    expect(readRecord(folder, left.run)).toEqual({ record: left, interrupted, owner });
    const alive = record({ state, process: own });
    writeRecord(folder, alive);
    expect(readRecord(folder, alive.run)?.interrupted).toBe(false);
  });

  test('that are damaged, foreign or misnamed are no records', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'runs'));
    const whole = JSON.stringify(record());
    for (const [name, text] of Object.entries({ half: whole.slice(0, 40), null: 'null', other: whole, later: JSON.stringify(record({ version: (recordVersion + 1) as typeof recordVersion, run: 'later' })) })) {
      writeFileSync(join(folder, 'runs', `${name}.json`), text);
    }
    expect(readRecords(folder)).toEqual([]);
    expect(readRecords(join(folder, 'nowhere'))).toEqual([]);
  });

  test('are deleted by their name, which leads nowhere else', () => {
    const folder = temporaryFolder();
    const one = record();
    writeRecord(folder, one);
    writeFileSync(join(folder, 'kept.json'), readFileSync(join(folder, 'runs', `${one.run}.json`)));
    expect(deleteRecord(folder, '../kept')).toBe(false);
    expect(deleteRecord(folder, one.run)).toBe(true);
    expect(deleteRecord(folder, one.run)).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['kept.json', 'runs']);
  });
});
