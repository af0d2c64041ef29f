import type { Tally } from "./steps.ts";

/** What is read of vitest's JSON report. */
export type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};

/** What is read of Playwright's JSON report. A flaky test passed in the end. */
export type PlaywrightReport = { stats: { expected: number; flaky: number; unexpected: number }; errors: unknown[] };

/** Counts tests; a file that could not even be loaded counts as one that failed. */
export function vitestTally(report: VitestReport | null, exitCode: number | null): Tally {
  if (!report) return { passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0).length;
  return honest({ passed: report.numPassedTests, failed: report.numFailedTests + unloaded }, exitCode);
}

/** Counts journeys; a fault outside any journey (the desk did not start) counts as one that failed. */
export function playwrightTally(report: PlaywrightReport | null, exitCode: number | null): Tally {
  if (!report) return { passed: 0, failed: 1 };
  const { expected, flaky, unexpected } = report.stats;
  return honest({ passed: expected + flaky, failed: unexpected + report.errors.length }, exitCode);
}

/** A runner that was not content, or ran nothing, has failed whatever it counted. */
function honest({ passed, failed }: Tally, exitCode: number | null): Tally {
  const silent = failed === 0 && (exitCode !== 0 || passed === 0);
  return { passed, failed: silent ? 1 : failed };
}
