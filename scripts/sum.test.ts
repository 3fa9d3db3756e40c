import { expect, test } from 'vitest';
import { closingLine, countsOf, readReport, sumOf } from './sum.mjs';

const vitest = {
  numTotalTests: 5,
  numPassedTests: 3,
  numFailedTests: 1,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
};
const playwright = { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 2 }, suites: [], errors: [] };
const checks = { checks: [{ outcome: 'passed' }, { outcome: 'passed' }, { outcome: 'skipped' }] };

test('the three kinds of report add up', () => {
  expect(closingLine(sumOf([vitest, playwright, checks]))).toBe('9 passed, 1 failed, 4 skipped');
  expect(closingLine({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
});

test('a missing report, a file that does not load, an error outside tests and a flaky test are failures', () => {
  expect(sumOf([readReport('/no/such/report.json'), checks])).toEqual({ passed: 2, failed: 1, skipped: 1 });
  expect(
    countsOf({ ...vitest, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }] }).failed,
  ).toBe(1);
  expect(countsOf({ ...playwright, errors: [{ message: 'x' }] }).failed).toBe(1);
  expect(countsOf({ ...playwright, stats: { ...playwright.stats, flaky: 1 } }).failed).toBe(1);
  expect(() => countsOf({})).toThrow('unknown report');
});
