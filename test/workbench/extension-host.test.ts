/* Every test of test/workbench/host, as it went inside the extension host with the installed .vsix. */
import { expect, inject, test } from 'vitest';
import { runInExtensionHost } from './harness/extension-host';

const reports = await runInExtensionHost(inject('workbench'));

test.each(reports.flatMap(({ results }) => results))('$title', ({ passed, error }) => {
  expect(error).toBeUndefined();
  expect(passed).toBe(true);
});

test('the host ran all suites, on a Node that the server can run on', () => {
  expect(reports.map(({ results }) => results.length > 1)).toEqual([true, true]);
  for (const { node } of reports) expect(Number(/^v(\d+)/.exec(node)?.[1])).toBeGreaterThanOrEqual(22);
});
