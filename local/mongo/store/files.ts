import { existsSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";

/** Written into the file; a newer file than this program understands is refused. */
export const FORMAT = 2;

// Result codes of SQLite: https://www.sqlite.org/rescode.html
const BUSY = 5;
export const CORRUPT = 11;
export const FULL = 13;
export const NOT_A_DATABASE = 26;

/** The file that holds all documents, in the database's folder (`<data>/mongo`). Beside it are its `-wal` and `-shm`. */
export const dataFile = (folder: string): string => join(folder, "data.sqlite");

/** Takes the folder for this process: a lock on a file of its own, let go when the process ends, even by kill -9. Null: another has it. */
export function takeFolder(folder: string): (() => void) | null {
  const guard = new DatabaseSync(join(folder, "lock.sqlite"), { timeout: 0 });
  try {
    guard.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    guard.close();
    // Busy is the answer "taken"; anything else (no rights, a full disk) is trouble.
    if ((error as { errcode?: number }).errcode === BUSY) return null;
    throw error;
  }
  return () => guard.close();
}

/** Is a server using this folder now? */
export function isServed(folder: string): boolean {
  if (!existsSync(join(folder, "lock.sqlite"))) return false;
  const release = takeFolder(folder);
  release?.();
  return release === null;
}

/** What is wrong with a database file, in one sentence; null if it can be used. Reads all of it and changes nothing. */
export function integrityOf(path: string): string | null {
  if (!existsSync(path)) return `There is no database file ${path}.`;
  let file: DatabaseSync | undefined;
  try {
    file = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    const version = Number(file.prepare("PRAGMA user_version").get()?.user_version);
    if (version > FORMAT) return `The database file ${path} was written by a newer version of the local database (format ${version}, this program knows ${FORMAT}).`;
    const found = file.prepare("PRAGMA quick_check(1)").get()?.quick_check;
    if (found !== "ok") return damaged(path, String(found));
    const tables = file.prepare("SELECT count(*) AS n FROM sqlite_schema WHERE name IN ('collections', 'indexes', 'replies')").get()?.n;
    return version === 0 || tables !== 3 ? `The file ${path} is no database of this program.` : null;
  } catch (error) {
    // The question is what is wrong; an error is the answer.
    return damaged(path, error instanceof Error ? error.message : String(error));
  } finally {
    file?.close();
  }
}

/** The sentence about a file that can't be trusted any more. */
export const damaged = (path: string, what: string): string => `The database file ${path} is damaged (${what.split("\n").at(-1)}): stop the desk and restore a backup with npm run restore; the file was left as it is.`;

/**
 * Copies a database, which a server may be writing at the same time, to a new file as it is at one moment: no
 * transaction is torn and every index agrees. All pages go in one step: a copy in several steps starts anew with every
 * write of another process.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    await backup(source, to, { rate: 2 ** 31 - 1 });
  } finally {
    source.close();
  }
}
