import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";

export type Release = () => void;

/** A connection that nobody refers to any more would be closed, and its lock given back, by the garbage collector. */
const held = new Set<DatabaseSync>();

/**
 * Takes a lock between processes, or returns null if another process has it. The operating system gives
 * it back when the process ends, however it ends: a number in a file would outlive its process.
 */
export function tryLock(file: string): Release | null {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    held.add(database);
    return () => {
      held.delete(database);
      database.close();
    };
  } catch (error) {
    database.close();
    if (/locked/.test((error as Error).message)) return null;
    throw error;
  }
}

/** Takes a lock, waiting for its holder; `onWait` is called once if there is one. Rejects when `signal` aborts. */
export async function lock(file: string, onWait: () => void, signal?: AbortSignal): Promise<Release> {
  for (let told = false; ; told = true) {
    const release = tryLock(file);
    if (release) return release;
    if (!told) onWait();
    await wait(200, undefined, { signal });
  }
}
