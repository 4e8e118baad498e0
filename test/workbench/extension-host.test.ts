/* Every test of test/workbench/host, as it went inside the extension host with the installed .vsix. */
import { expect, test } from 'vitest';
import { runInExtensionHost } from './harness/extension-host';

const { node, results } = await runInExtensionHost();

test.each(results)('$title', ({ passed, error }) => {
  expect(error).toBeUndefined();
  expect(passed).toBe(true);
});

test('the host ran all suites, on a Node that the server can run on', () => {
  expect(results.length).toBeGreaterThan(5);
  expect(Number(/^v(\d+)/.exec(node)?.[1])).toBeGreaterThanOrEqual(22);
});
