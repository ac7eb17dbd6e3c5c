import { writeSync } from 'node:fs';

/** Ends every run with one plain line, `N passed, N failed[, N skipped]`, that any tool can read. */
export default class PlainLineReporter {
  onRunComplete(_contexts, results) {
    // A suite that could not even be loaded has no failed test, so it is counted as one.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const tail = skipped > 0 ? `, ${skipped} skipped` : '';
    // At exit, so that it comes after the other reporters' summaries.
    process.on('exit', () => writeSync(1, `\n${results.numPassedTests} passed, ${failed} failed${tail}\n`));
  }
}
