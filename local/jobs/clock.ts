import { readFileSync, renameSync, writeFileSync } from "node:fs";

/**
 * For tests of long times: a clock that goes as the real one, moved by the milliseconds that a file holds (a missing or
 * empty file moves nothing). The file is read at each look, so several processes follow one clock.
 */
export function fileClock(file: string): { now(): number; move(offsetMs: number): void } {
  writeFileSync(file, "", { flag: "a", mode: 0o600 });
  return {
    now: () => Date.now() + Number(readFileSync(file, "utf8")),
    move: (offsetMs) => {
      // Renamed into place: who looks meanwhile must not find an empty file.
      writeFileSync(`${file}.new`, String(offsetMs), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}
