import { expect, test } from "vitest";
import { playwrightTally, vitestTally } from "../../scripts/reports.ts";

const vitest = (numPassedTests: number, numFailedTests: number, testResults: { status: string; assertionResults: unknown[] }[] = []) => ({ numPassedTests, numFailedTests, testResults });
const playwright = (expected: number, unexpected: number, flaky = 0, errors: unknown[] = []) => ({ stats: { expected, unexpected, flaky }, errors });

test.each([
  ["all passed", vitest(5, 0), 0, { passed: 5, failed: 0 }],
  ["some failed", vitest(5, 2), 1, { passed: 5, failed: 2 }],
  ["a file could not be loaded", vitest(5, 0, [{ status: "failed", assertionResults: [] }]), 1, { passed: 5, failed: 1 }],
  ["an error outside any test", vitest(5, 0), 1, { passed: 5, failed: 1 }],
  ["no test at all", vitest(0, 0), 0, { passed: 0, failed: 1 }],
  ["no report", null, 0, { passed: 0, failed: 1 }],
  ["cut off", vitest(5, 0), null, { passed: 5, failed: 1 }],
])("tests: %s", (_, report, exitCode, tally) => expect(vitestTally(report, exitCode)).toEqual(tally));

test.each([
  ["all passed", playwright(3, 0), 0, { passed: 3, failed: 0 }],
  ["passed on the second try", playwright(3, 0, 1), 0, { passed: 4, failed: 0 }],
  ["some failed", playwright(3, 1), 1, { passed: 3, failed: 1 }],
  ["the desk did not start", playwright(0, 0, 0, [{}]), 1, { passed: 0, failed: 1 }],
  ["no journey at all", playwright(0, 0), 0, { passed: 0, failed: 1 }],
  ["no report", null, 1, { passed: 0, failed: 1 }],
])("journeys: %s", (_, report, exitCode, tally) => expect(playwrightTally(report, exitCode)).toEqual(tally));
