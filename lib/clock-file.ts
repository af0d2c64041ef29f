import { readFileSync } from "node:fs";
import { moveClock } from "./clock.ts";

/** Real milliseconds for which what the file said is taken as known. */
const knownMs = 20;

/**
 * For tests and demonstrations: from now on this process's clock is moved by the milliseconds in a file, the one by which
 * the local jobs go (local/jobs/clock.ts), so that a desk lives through weeks in minutes. A missing or empty file moves nothing.
 */
export function followClockFile(file: string): void {
  let [aheadMs, knownUntil] = [0, 0];
  moveClock(() => {
    if (performance.now() >= knownUntil) [aheadMs, knownUntil] = [readIn(file), performance.now() + knownMs];
    return aheadMs;
  });
}

function readIn(file: string): number {
  try {
    const aheadMs = Number(readFileSync(file, "utf8"));
    if (!Number.isFinite(aheadMs)) throw new Error(`${file} must hold a number of milliseconds`);
    return aheadMs;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0; // nobody has moved it yet
    throw error;
  }
}
