import type { DatabaseSync } from "node:sqlite";
import { openFile } from "../file.ts";

/** Written into the file; a newer one is refused. */
export const slackFormat = 1;
const schema = "CREATE TABLE message (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, payload TEXT NOT NULL) STRICT";

/** Opens the Slack file of a data folder (mail/file.ts says what that promises). A message is on disk when `keep` returns. */
export const openSlackFile = (dataDir: string, mostBytes?: number): DatabaseSync => openFile(dataDir, { part: "slack", format: slackFormat, schema, mostBytes });

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
