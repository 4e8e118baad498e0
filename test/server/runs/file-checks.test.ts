/* What language features know of files: findings never wait, stay where the files are named, and go when other files are named. */
import { join } from 'node:path';
import { URI } from 'langium';
import { describe, expect, test, vi } from 'vitest';
import type { PlacedFinding } from '#domain/finding';
import type { FileDatabase } from '#domain/image-files';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import { createFileChecks, type FileChecks } from '#server/runs/file-checks';
import { imageCase } from '#test/support/image-folder';

const document = URI.file('/work/mine.xdesign');
const specification = (images: string, above = ''): CaseSpecification => shifted(imageCase('/work', `images ${images} resolution 32`), above.split('\n').length - 1);

/** As if lines had been written above it. */
function shifted(written: CaseSpecification, lines: number): CaseSpecification {
  return JSON.parse(JSON.stringify(written), (key, value: unknown) => (key === 'line' ? (value as number) + lines : value)) as CaseSpecification;
}

function pathsOf({ case: { database } }: CaseSpecification): readonly FilePath[] {
  return (database as FileDatabase<FilePath>).images;
}

const unreadable = (written: CaseSpecification, path: number): PlacedFinding => ({ code: 'picture-unreadable', severity: 'error', message: 'It cannot be read.', place: pathsOf(written)[path]!.place });

/** With a views process that responds so. */
function connected(respond: (name: string, request: object) => Promise<unknown>, mayRun = true): { readonly checks: FileChecks; readonly changed: string[]; readonly requests: string[] } {
  const checks = createFileChecks();
  const [changed, requests]: [string[], string[]] = [[], []];
  checks.connect({
    views: { request: (name, request) => (requests.push(name), respond(name, request) as Promise<never>) },
    mayRun: () => mayRun,
    onFindings: (uri) => void changed.push(uri),
    onError: () => {},
  });
  return { checks, changed, requests };
}

describe('findings of files', () => {
  test('are shown where the case names the file now', async () => {
    const written = specification('"a.png", "b.png"');
    const { checks, changed } = connected(() => Promise.resolve([unreadable(written, 1)]));
    expect(checks.findings(document, [written])).toEqual([]);
    await checks.check(document, [written]);
    expect(changed).toEqual([document.toString()]);
    expect(checks.findings(document, [written])).toEqual([unreadable(written, 1)]);
    const lower = specification('"a.png", "b.png"', '\n\n');
    expect(checks.findings(document, [lower])[0]!.place.start.line).toBe(pathsOf(written)[1]!.place.start.line + 2);
  });

  test('go when the case names other files, until the next check', async () => {
    const written = specification('"a.png"');
    const { checks } = connected(() => Promise.resolve([unreadable(written, 0)]));
    await checks.check(document, [written]);
    expect(checks.findings(document, [specification('"c.png"')])).toEqual([]);
    expect(checks.findings(document, [written])).toHaveLength(1);
  });

  test('go when the document is closed, and a check that is under way brings none back', async () => {
    const written = specification('"a.png"');
    const pending: ((findings: readonly PlacedFinding[]) => void)[] = [];
    const { checks, changed } = connected(() => new Promise((resolve) => pending.push(resolve)));
    const first = checks.check(document, [written]);
    pending[0]!([unreadable(written, 0)]);
    await first;
    checks.forget(document);
    expect(checks.findings(document, [written])).toEqual([]);
    expect(changed).toHaveLength(2);
    const second = checks.check(document, [written]);
    checks.forget(document);
    pending[1]!([unreadable(written, 0)]);
    await second;
    expect(checks.findings(document, [written])).toEqual([]);
    expect(changed).toHaveLength(2);
  });

  test('are those of the check that began last', async () => {
    const written = specification('"a.png"');
    const pending: ((findings: readonly PlacedFinding[]) => void)[] = [];
    const { checks } = connected(() => new Promise((resolve) => pending.push(resolve)));
    const both = [checks.check(document, [written]), checks.check(document, [written])];
    pending[1]!([]);
    pending[0]!([unreadable(written, 0)]);
    await Promise.all(both);
    expect(checks.findings(document, [written])).toEqual([]);
  });

  test('of another document are shown there only', async () => {
    const written = specification('"a.png"');
    const { checks } = connected(() => Promise.resolve([unreadable(written, 0)]));
    const other = URI.file('/work/other.xdesign');
    await checks.check(other, [written]);
    expect(checks.findings(other, [written])).toEqual([]);
  });

  test('nothing is read without trust, and nothing of documents that are not on disk', async () => {
    const written = specification('"a.png"');
    const distrusted = connected(() => Promise.resolve([]), false);
    await distrusted.checks.check(document, [written]);
    const trusted = connected(() => Promise.resolve([]));
    await trusted.checks.check(URI.parse('untitled:mine.xdesign'), [written]);
    expect([distrusted.requests, trusted.requests]).toEqual([[], []]);
    expect(await distrusted.checks.datasets(join('/work', 'set.npz'), false)).toEqual([]);
  });
});

test('a feature waits a while for the views process, and does without it when it crashes', async () => {
  vi.useFakeTimers();
  try {
    const slow = connected(() => new Promise(() => {}));
    const response = slow.checks.datasets('/work/set.npz', false);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await response).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
  const crashing = connected(() => Promise.reject(new Error('The views process has ended.')));
  expect(await crashing.checks.preview(document, pathsDatabase(specification('"a.png"')), 8)).toBeUndefined();
});

function pathsDatabase({ case: { database } }: CaseSpecification): FileDatabase<FilePath> {
  return database as FileDatabase<FilePath>;
}
