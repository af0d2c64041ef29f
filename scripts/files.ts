import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where Node keeps what it compiled: what is there starts sooner and takes half the memory. install.mjs names it as well. */
export const compiled = (root: string): string => join(root, ".cache", "compiled");

/** Replaces a file in one step, readable by its owner alone. */
export function writePrivate(file: string, text: string): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${text}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** Moves a log aside as `<file>.1` once it is over `limitBytes`, so that two such files are the most there is. */
export function rotate(file: string, limitBytes = 5_000_000): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limitBytes) renameSync(file, `${file}.1`);
}

/** The last lines of a file, empty if it isn't there. */
export function tail(file: string, lines: number): string {
  if (!existsSync(file)) return "";
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}
