import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { migrations } from "../local/jobs/schema.ts";
import { mailFormat } from "../local/mail/store.ts";
import { FORMAT } from "../local/mongo/store/files.ts";
import { slackFormat } from "../local/slack/store.ts";
import { writePrivate } from "./files.ts";
import { Stop } from "./stop.ts";

/** What a backup is: these files of the data folder under the same names, and a manifest that is written last. */
export const format = 1;
export const manifestName = "manifest.json";

export type Kept = { path: string; bytes: number; sha256: string };
export type Manifest = { format: number; program: string; began: string; ended: string; files: Kept[] };

/** `newest`: the newest `user_version` that this program reads. */
export type DatabaseFile = { part: "database" | "jobs" | "mail" | "slack"; path: string; newest: number };

/**
 * In the order of copying. The database is first: an event that it calls announced was taken by jobs before, so it is in
 * the jobs' file, copied later; the other way round a timer could be lost. What jobs and mail have beyond the database
 * does no harm: a run reads its ticket again and does nothing when it is not due, and a mail is only looked at.
 */
export const databaseFiles: readonly DatabaseFile[] = [
  { part: "database", path: "mongo/data.sqlite", newest: FORMAT },
  { part: "jobs", path: "jobs/jobs.sqlite", newest: migrations.length },
  { part: "mail", path: "mail/mail.db", newest: mailFormat },
  { part: "slack", path: "slack/slack.db", newest: slackFormat },
];
/** Without the keys nobody's session, link or webhook would be valid after a restore. */
export const plainFiles = ["keys.json", "desk.json", "demo-logins.json"] as const;

export type LastBackup = { at: string; folder: string };
const noteIn = (dataDir: string) => join(dataDir, "last-backup.json");

/** Remembers the newest backup of a data folder, wherever it lies. */
export const noteBackup = (dataDir: string, last: LastBackup): void => writePrivate(noteIn(dataDir), JSON.stringify(last));

/** When (ISO 8601) and where the newest backup was made; null if there was none. Whether it is still there is not looked at. */
export const lastBackup = (dataDir: string): LastBackup | null => (existsSync(noteIn(dataDir)) ? JSON.parse(readFileSync(noteIn(dataDir), "utf8")) : null);

/** What is wrong with a SQLite file, in a sentence; null when it is whole and not newer than `newest`. Changes nothing. */
export function troubleOf(file: string, newest: number): string | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { readOnly: true });
    const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
    if (version > newest) return `${file} was written by a newer version of this program (format ${version}, this one reads ${newest}).`;
    const found = String(database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"]);
    return found === "ok" && version > 0 ? null : `${file} is damaged (${found === "ok" ? "it is empty" : found.split("\n").at(-1)}).`;
  } catch (error) {
    // The question is what is wrong; an error is the answer.
    return `${file} is damaged (${error instanceof Error ? error.message : String(error)}).`;
  } finally {
    database?.close();
    for (const beside of ["-wal", "-shm"]) rmSync(file + beside, { force: true });
  }
}

/** Reads a file once for its size and SHA-256. */
export async function fingerprint(folder: string, path: string): Promise<Kept> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(join(folder, path))) hash.update(chunk as Buffer);
  return { path, bytes: statSync(join(folder, path)).size, sha256: hash.digest("hex") };
}

/** The manifest of a backup whose files are all as they were written. Throws Stop for anything else, with a sentence. */
export async function checkedManifest(folder: string): Promise<Manifest> {
  const manifest = readManifest(folder);
  if (manifest.format > format) throw new Stop(`The backup ${folder} was made by a newer version of this program (${manifest.program}); update first.`);
  const known: string[] = [...databaseFiles.map(({ path }) => path), ...plainFiles];
  for (const kept of manifest.files) {
    if (!known.includes(kept.path)) throw new Stop(`The backup ${folder} is damaged: ${kept.path} does not belong in it.`);
    if (!existsSync(join(folder, kept.path))) throw new Stop(`The backup ${folder} is damaged: ${kept.path} is missing.`);
    const found = await fingerprint(folder, kept.path);
    if (found.sha256 !== kept.sha256) throw new Stop(`The backup ${folder} is damaged: ${kept.path} is not as it was written.`);
    const database = databaseFiles.find(({ path }) => path === kept.path);
    const trouble = database ? troubleOf(join(folder, kept.path), database.newest) : null;
    if (trouble) throw new Stop(trouble);
  }
  return manifest;
}

function readManifest(folder: string): Manifest {
  const file = join(folder, manifestName);
  if (!existsSync(file)) throw new Stop(`${folder} is no backup: it has no ${manifestName}.`);
  try {
    const manifest: Manifest = JSON.parse(readFileSync(file, "utf8"));
    if (Number.isInteger(manifest.format) && Array.isArray(manifest.files)) return manifest;
  } catch (cause) {
    throw new Stop(`The backup ${folder} is damaged: its ${manifestName} can't be read.`, { cause });
  }
  throw new Stop(`The backup ${folder} is damaged: its ${manifestName} is none.`);
}

/** A moment as a name of a file that sorts by time: `2026-11-25T06-53-28Z`. */
export const stamp = (at = new Date()): string => at.toISOString().replace(/\.\d+/, "").replaceAll(":", "-");

/** 1234567 as "1.2 MB". */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
