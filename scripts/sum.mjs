// Adds the JSON reports of vitest and Playwright and the plain checks into one closing line, alone on its line:
// `N passed, N failed` with `, N skipped` when something was skipped. A report that is missing counts as one failure:
// a runner that died must never look like a green one.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Counts of one report, whichever of the three kinds it is. */
export function countsOf(report) {
  if (Array.isArray(report.checks)) {
    const count = (outcome) => report.checks.filter((check) => check.outcome === outcome).length;
    return { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
  }
  if (report.stats && Array.isArray(report.suites)) {
    const { expected, unexpected, flaky, skipped } = report.stats;
    // A test that passes only when repeated is not reliable, and errors outside tests (a broken config) have no test.
    return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped };
  }
  if (typeof report.numTotalTests === 'number') {
    // A file that could not even be loaded has no failed test of its own.
    const brokenFiles = report.testResults.filter(
      (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
    ).length;
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + brokenFiles,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    };
  }
  throw new Error('unknown report');
}

export function sumOf(reports) {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    const counts = report === null ? { passed: 0, failed: 1, skipped: 0 } : countsOf(report);
    for (const key of Object.keys(sum)) sum[key] += counts[key];
  }
  return sum;
}

export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** The report in a file; null when it is missing or cut off. */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sum = sumOf(process.argv.slice(2).map(readReport));
  process.stdout.write(`${closingLine(sum)}\n`);
  process.exitCode = sum.failed === 0 && sum.passed > 0 ? 0 : 1;
}
