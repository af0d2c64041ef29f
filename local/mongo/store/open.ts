import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Connection } from "./connection.ts";

/** Written into the file; a newer file than this program understands is refused. */
const FORMAT = 1;

/** The data folder can't be used. `inUse` tells a second start from trouble. */
export class StartupError extends Error {
  readonly inUse: boolean;
  constructor(message: string, inUse: boolean, cause?: unknown) {
    super(message, { cause });
    this.inUse = inUse;
  }
}

export interface Files {
  writer: Connection;
  reader: Connection;
  /** Releases the folder for the next start. */
  unlock(): void;
}

function lock(folder: string): () => void {
  const guard = new Connection(join(folder, "lock.sqlite"), false);
  try {
    guard.exec("PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (cause) {
    guard.close();
    throw new StartupError(`Another database server is already running on ${folder}.`, true, cause);
  }
  return () => guard.close();
}

function prepare(writer: Connection, sync: "FULL" | "NORMAL"): void {
  writer.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync}; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384`);
  const version = Number(writer.row("PRAGMA user_version")?.[0]);
  if (version > FORMAT) throw new StartupError(`The data was written by a newer version of the local database (format ${version}, this program knows ${FORMAT}).`, false);
  writer.exec(`
    BEGIN;
    CREATE TABLE IF NOT EXISTS collections (id INTEGER PRIMARY KEY AUTOINCREMENT, ns TEXT NOT NULL UNIQUE);
    CREATE TABLE IF NOT EXISTS indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey TEXT NOT NULL, UNIQUE (collection, name));
    CREATE TABLE IF NOT EXISTS replies (lsid BLOB PRIMARY KEY, txn INTEGER NOT NULL, reply BLOB, at INTEGER NOT NULL) WITHOUT ROWID;
    PRAGMA user_version = ${FORMAT};
    COMMIT`);
}

/**
 * Opens `<folder>` for this process alone (the lock ends with the process, even by kill -9) and checks the file.
 * Throws StartupError with one clear sentence.
 */
export function openFiles(folder: string, sync: "FULL" | "NORMAL"): Files {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lock(folder);
  const file = join(folder, "data.sqlite");
  try {
    const writer = new Connection(file, false);
    prepare(writer, sync);
    chmodSync(file, 0o600);
    const reader = new Connection(file, true);
    reader.exec("PRAGMA cache_size = -4096");
    return { writer, reader, unlock };
  } catch (cause) {
    unlock();
    if (cause instanceof StartupError) throw cause;
    throw new StartupError(`The database file ${file} can't be opened: ${cause instanceof Error ? cause.message : String(cause)}.`, false, cause);
  }
}
