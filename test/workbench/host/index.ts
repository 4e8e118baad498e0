/*
 * The entry of tests inside an extension host, VS Code's own convention: `run` resolves when all passed. The
 * same bundle runs in desktop VS Code and in code-server.
 */
import { writeFileSync } from 'node:fs';
import { allSuites } from './all-suites';
import type { HostReport, HostResult } from './report';

export async function run(): Promise<void> {
  // An ES module, which only Node itself can load into this bundle.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, color: false, slow: 5_000 });
  // Puts `describe` and `it` where the bundled test files find them.
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  for (const suite of allSuites) suite();
  const results: HostResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve).on('test end', (test) => {
      const error = test.err === undefined ? {} : { error: test.err.stack ?? test.err.message };
      results.push({ title: test.titlePath().join(' › '), passed: test.state === 'passed', milliseconds: test.duration ?? 0, ...error });
    });
  });
  const report: HostReport = { node: process.version, results };
  const file = process.env['XDESIGN_HOST_REPORT'];
  if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed`);
}
