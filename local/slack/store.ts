import { mkdirSync, chmodSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Written into the file; a newer one is refused. */
export const slackFormat = 1;

/** Opens `<dataDir>/slack.db` (0600), making it when it is new. A message is on disk when `keep` returns. Throws one sentence for a newer or damaged file. */
export function openSlackFile(dataDir: string): DatabaseSync {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, "slack.db");
  const file = new DatabaseSync(path);
  chmodSync(path, 0o600);
  try {
    const found = Number(file.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (found > slackFormat) throw new Error(`The Slack file in ${dataDir} was written by a newer version of this program.`);
    file.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
    if (found === 0) file.exec(`BEGIN; CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, payload TEXT NOT NULL) STRICT; PRAGMA user_version = ${slackFormat}; COMMIT`);
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

export type Message = { readonly id: number; readonly at: number; readonly payload: Readonly<Record<string, unknown>> };

export function keep(file: DatabaseSync, payload: string): void {
  file.prepare("INSERT INTO message (at, payload) VALUES (?, ?)").run(Date.now(), payload);
}

/** How many messages hold the words anywhere (any case), and the newest of them, older than the id `before`. */
export function find(file: DatabaseSync, words: string, limit: number, before = Number.MAX_SAFE_INTEGER): { count: number; messages: Message[] } {
  const like = `%${words.replace(/[\\%_]/g, "\\$&")}%`;
  const count = Number(file.prepare("SELECT count(*) AS n FROM message WHERE payload LIKE ? ESCAPE '\\'").get(like)?.["n"]);
  const rows = file.prepare("SELECT id, at, payload FROM message WHERE payload LIKE ? ESCAPE '\\' AND id < ? ORDER BY id DESC LIMIT ?").all(like, before, limit);
  return { count, messages: rows.map((row) => ({ id: Number(row["id"]), at: Number(row["at"]), payload: JSON.parse(String(row["payload"])) as Message["payload"] })) };
}
