import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { Connection } from "./connection.ts";
import { dataFile, FORMAT, FULL, integrityOf, takeFolder } from "./files.ts";

/** The data folder can't be used. `inUse` tells a second start from trouble. */
export class StartupError extends Error {
  readonly inUse: boolean;
  constructor(message: string, inUse: boolean, cause?: unknown) {
    super(message, { cause });
    this.inUse = inUse;
  }
}

export interface Files {
  path: string;
  writer: Connection;
  reader: Connection;
  /** Releases the folder for the next start. */
  unlock(): void;
}

export interface FileOptions {
  /** FULL (default): an acknowledged write survives a power cut; NORMAL: it survives the end of the process. */
  sync?: "FULL" | "NORMAL";
  /** The file grows no further than this many bytes; a write beyond fails as on a full disk. None: the disk decides. */
  mostBytes?: number;
}

/** Space that deletions leave is given back to the disk in slices (store/compact.ts), which a file must be made for. */
const TABLES = `
  BEGIN;
  CREATE TABLE collections (id INTEGER PRIMARY KEY AUTOINCREMENT, ns TEXT NOT NULL UNIQUE);
  CREATE TABLE indexes (id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, name TEXT NOT NULL, spec BLOB NOT NULL, multikey TEXT NOT NULL, building INTEGER NOT NULL DEFAULT 0, UNIQUE (collection, name));
  CREATE TABLE replies (lsid BLOB PRIMARY KEY, txn INTEGER NOT NULL, reply BLOB, at INTEGER NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};
  COMMIT`;

function prepare(writer: Connection, { sync = "FULL", mostBytes }: FileOptions): void {
  const version = Number(writer.row("PRAGMA user_version")?.[0]);
  if (version === 0) writer.exec("PRAGMA auto_vacuum = INCREMENTAL");
  writer.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync}; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16384`);
  if (version === 1) writer.exec("BEGIN; ALTER TABLE indexes ADD COLUMN building INTEGER NOT NULL DEFAULT 0; PRAGMA user_version = 2; COMMIT; PRAGMA auto_vacuum = INCREMENTAL; VACUUM");
  if (mostBytes) writer.exec(`PRAGMA max_page_count = ${Math.floor(mostBytes / 4096)}`);
  if (version === 0) writer.exec(TABLES);
}

/**
 * Opens `<folder>` for this process alone (the lock ends with the process, even by kill -9) and checks the whole file
 * (200 MB in about a quarter of a second). A damaged file and one from a newer version are left as they are. Throws
 * StartupError with one clear sentence.
 */
export function openFiles(folder: string, options: FileOptions): Files {
  const path = dataFile(folder);
  let unlock: (() => void) | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    unlock = takeFolder(folder);
    if (!unlock) throw new StartupError(`Another database server is already running on ${folder}.`, true);
    const trouble = existsSync(path) && statSync(path).size > 0 ? integrityOf(path) : null;
    if (trouble) throw new StartupError(trouble, false);
    const writer = new Connection(path, false);
    prepare(writer, options);
    chmodSync(path, 0o600);
    const reader = new Connection(path, true);
    reader.exec("PRAGMA cache_size = -4096");
    return { path, writer, reader, unlock };
  } catch (cause) {
    unlock?.();
    if (cause instanceof StartupError) throw cause;
    const { code, errcode, message } = cause as Error & { code?: string; errcode?: number };
    const why = code === "ENOSPC" || errcode === FULL ? "the disk is full" : message;
    throw new StartupError(`The database file ${path} can't be opened: ${why}.`, false, cause);
  }
}
