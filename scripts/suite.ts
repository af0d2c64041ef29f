import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { playwrightTally, vitestTally } from "./reports.ts";
import { lint, root, show, step, sum, types, type Tally } from "./steps.ts";
import { sentenceFor } from "./stop.ts";

/*
 * npm test. A step that fails does not hide the later ones. The build comes before the tests, because the clone
 * test and the journeys start desks from it.
 */
const reports = join(root, ".cache", "test");

async function build(): Promise<Tally> {
  await ensureBuild(root, (line) => console.log(line));
  return { passed: 1, failed: 0 };
}

/** For the journeys, and for the test that looks through a proxy. */
async function browser(): Promise<Tally> {
  process.env.CHROMIUM_PATH = findChromium((line) => console.log(line));
  return { passed: 1, failed: 0 };
}

async function tests(): Promise<Tally> {
  const file = join(reports, "vitest.json");
  const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await show({ name: "vitest", file: "vitest/vitest.mjs", args });
  return vitestTally(read(file), code);
}

async function journeys(): Promise<Tally> {
  if (!existsSync(join(root, "playwright.config.ts"))) throw new Error("There are no journeys: playwright.config.ts is not there.");
  const file = join(reports, "playwright.json");
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file };
  const code = await show({ name: "playwright", file: "@playwright/test/cli.js", args: ["test", "--reporter=list,json"], env });
  return playwrightTally(read(file), code);
}

function read<Report>(file: string): Report | null {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** A step that throws is one failure, told in a sentence; the others still run. */
const guarded = (run: () => Promise<Tally>) => async (): Promise<Tally> => {
  try {
    return await run();
  } catch (error) {
    console.error(sentenceFor(error));
    return { passed: 0, failed: 1 };
  }
};

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const plan = { Lint: lint, Types: types, Build: build, Browser: browser, Tests: tests, Journeys: journeys };
const tallies: Tally[] = [];
for (const [name, run] of Object.entries(plan)) tallies.push(await step(name, guarded(run)));
const { passed, failed } = sum(tallies);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
