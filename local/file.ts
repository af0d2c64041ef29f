import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { storageTrouble } from "./trouble.ts";

export type Shape = {
  /** Whose file it is, for sentences and as its name. */
  part: "mail" | "slack";
  /** Written into the file; a newer one is refused. */
  format: number;
  schema: string;
  /** How large the file may grow, in bytes; tests stand in for a full disk by it. */
  mostBytes?: number | undefined;
};

/**
 * Opens `<dataDir>/<part>.db` (0600), making it when it is new. What a transaction wrote is on disk when it returns (WAL,
 * synchronous FULL). Throws one sentence for a file that is damaged or of a newer version, and leaves that as it is.
 */
export function openFile(dataDir: string, { part, format, schema, mostBytes }: Shape): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, `${part}.db`);
  const file = new DatabaseSync(path, { timeout: 5000 });
  try {
    const found = Number(file.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (found > format) throw new Error(`The ${part} file in ${dataDir} was written by a newer version of this program.`);
    const sound = file.prepare("PRAGMA quick_check(1)").get()?.["quick_check"];
    if (sound !== "ok") throw new Error(`The ${part} file in ${dataDir} is damaged (${String(sound).replace(/\s+/g, " ")}). Put it aside, or restore a backup.`);
    file.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    if (found === 0) file.exec(`BEGIN; ${schema}; PRAGMA user_version = ${format}; COMMIT`);
    if (mostBytes) file.exec(`PRAGMA max_page_count = ${Math.ceil(mostBytes / 4096)}`);
    chmodSync(path, 0o600);
    return file;
  } catch (error) {
    file.close();
    const trouble = storageTrouble(error, part);
    throw trouble ? new Error(trouble, { cause: error }) : error;
  }
}
