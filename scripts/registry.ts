import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Addresses } from "./environments.ts";
import { writePrivate } from "./files.ts";

/** `services.json`: what runs on a data folder, for people, tests and benches. Absent when nothing does; left behind by a desk that was killed. */
export type Registry = Addresses & {
  pids: Record<string, number>;
  /** When this desk was started (ISO 8601), and how often each of its processes came back since. */
  since: string;
  restarts: Record<string, number>;
};

const fileIn = (dataDir: string) => join(dataDir, "services.json");

export function announce(dataDir: string, registry: Registry): void {
  writePrivate(fileIn(dataDir), JSON.stringify(registry, null, 2));
}

export function withdraw(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The desk that runs on this folder, or did when it was killed. */
export function runningDesk(dataDir: string): Registry | null {
  return existsSync(fileIn(dataDir)) ? JSON.parse(readFileSync(fileIn(dataDir), "utf8")) : null;
}
