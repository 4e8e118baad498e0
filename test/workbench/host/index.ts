/*
 * The entry of tests inside an extension host, VS Code's own convention: `run` resolves when all passed. The
 * same bundle runs in desktop VS Code and in code-server.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HostReport, HostResult } from './report';
import { suitesOf } from './session-suites';

export async function run(): Promise<void> {
  // An ES module, which only Node itself can load into this bundle.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 180_000, color: false, slow: 5_000 });
  // Puts `describe` and `it` where the bundled test files find them.
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, '', mocha);
  // Each session leaves a report. Desktop VS Code wants none: under test it keeps nothing beyond the first session.
  const folder = process.env['XDESIGN_HOST_REPORTS'];
  const session = folder === undefined ? 0 : readdirSync(folder).length;
  for (const suite of suitesOf(session)) suite();
  const results: HostResult[] = [];
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve).on('test end', (test) => {
      const error = test.err === undefined ? {} : { error: test.err.stack ?? test.err.message };
      results.push({ title: test.titlePath().join(' › '), passed: test.state === 'passed', milliseconds: test.duration ?? 0, ...error });
    });
  });
  const report: HostReport = { node: process.version, results };
  if (folder !== undefined) writeFileSync(join(folder, `${session}.json`), JSON.stringify(report));
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed`);
}
