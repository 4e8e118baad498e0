/*
 * Ends every test run with one plain line, `N passed, N failed`, that a machine can read. A file that
 * could not be loaded and an error outside any test count as failed.
 */
export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed++;
        else if (state !== 'skipped') failed++;
      }
      if (module.errors().length > 0) failed++;
    }
    console.log(`${passed} passed, ${failed} failed`);
  }
}
