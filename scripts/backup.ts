import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { copyDatabase } from "../local/mongo/store/files.ts";
import { tryLock } from "./lock.ts";
import { keysIn } from "./keys.ts";
import { runningDesk } from "./registry.ts";
import { readSettings, type Settings } from "./settings.ts";
import { databaseFiles, fingerprint, format, type Manifest, manifestName, megabytes, noteBackup, plainFiles, stamp, troubleOf, type DatabaseFile } from "./snapshot.ts";
import { sentenceFor, Stop } from "./stop.ts";

/*
 * npm run backup [-- FOLDER]: everything that the desk's local services keep, consistent while it runs or stands still.
 * The folder appears under its name only when all of it is written and checked.
 */
const beatMs = 2000;

/** Makes a backup and returns its folder. Throws Stop, leaving nothing behind, when it can't be made. */
export async function backUp(settings: Settings, asked: string | undefined, say: (line: string) => void): Promise<string> {
  const { dataDir, local } = settings;
  if (!existsSync(join(dataDir, "keys.json"))) throw new Stop(`There is no desk in ${dataDir}; name its folder: TWOWAY_DATA=… npm run backup`);
  if (!local.has("database")) say("The tickets are in the database at MONGODB_URI: back that up with mongodump or your provider's snapshots. Here: jobs, mail and keys.");
  const target = resolve(settings.root, asked ?? join(dataDir, "backups", stamp()));
  if (existsSync(target) && (!statSync(target).isDirectory() || readdirSync(target).length > 0)) throw new Stop(`${target} is there already; name a folder that is not.`);
  // Ours while nothing runs, so that no desk starts in the middle.
  const release = tryLock(join(dataDir, "run", "desk.lock"));
  const draft = `${target}.part`;
  try {
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(draft, { recursive: true, mode: 0o700 });
    const manifest = await fill(settings, draft, release === null, say);
    writeFileSync(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    if (existsSync(target)) rmdirSync(target);
    renameSync(draft, target);
    noteBackup(dataDir, { at: manifest.ended, folder: target });
    return target;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw isFull(error) ? new Stop("The disk is full: the backup was not made, and nothing of it was left.", { cause: error }) : error;
  } finally {
    release?.();
  }
}

const isFull = (error: unknown): boolean => error instanceof Error && ((error as NodeJS.ErrnoException).code === "ENOSPC" || /disk is full|ENOSPC/.test(error.message));

async function fill(settings: Settings, draft: string, running: boolean, say: (line: string) => void): Promise<Manifest> {
  const { dataDir, local, root } = settings;
  const began = new Date().toISOString();
  const files: Manifest["files"] = [];
  for (const database of databaseFiles) {
    const source = join(dataDir, database.path);
    if ((database.part === "database" && !local.has("database")) || !existsSync(source)) continue;
    const copy = join(draft, database.path);
    mkdirSync(dirname(copy), { mode: 0o700 });
    await watched(source, copy, () => (running && database.part === "jobs" ? copyOfRunningJobs(dataDir, copy) : copyDatabase(source, copy)), say);
    chmodSync(copy, 0o600);
    files.push(await checked(draft, database));
    say(`  ${database.part.padEnd(10)}${megabytes(files.at(-1)!.bytes)}`);
  }
  for (const name of plainFiles) {
    if (!existsSync(join(dataDir, name))) continue;
    copyFileSync(join(dataDir, name), join(draft, name));
    chmodSync(join(draft, name), 0o600);
    files.push(await fingerprint(draft, name));
  }
  const { version: program }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return { format, program, began, ended: new Date().toISOString(), files };
}

async function checked(draft: string, { path, newest }: DatabaseFile): Promise<Manifest["files"][number]> {
  const trouble = troubleOf(join(draft, path), newest);
  if (trouble) throw new Stop(`What was to be backed up can't be: ${trouble}`);
  return fingerprint(draft, path);
}

/** A big file takes a while: its progress is told. */
async function watched(source: string, copy: string, work: () => Promise<void>, say: (line: string) => void): Promise<void> {
  const whole = statSync(source).size;
  const beat = setInterval(() => say(`  … ${megabytes(statSync(copy, { throwIfNoEntry: false })?.size ?? 0)} of about ${megabytes(whole)}`), beatMs);
  try {
    await work();
  } finally {
    clearInterval(beat);
  }
}

/** The executor holds its file alone, so it makes the copy itself. */
async function copyOfRunningJobs(dataDir: string, to: string): Promise<void> {
  const jobs = runningDesk(dataDir)?.jobs;
  if (!jobs) throw new Stop("The desk is just starting; try again when it is ready.");
  const headers = { authorization: `Bearer ${keysIn(dataDir).INNGEST_SIGNING_KEY}`, "content-type": "application/json" };
  const answer = await fetch(`${jobs}/_local/backup`, { method: "POST", headers, body: JSON.stringify({ to }) }).catch((cause: unknown) => {
    throw new Stop("Jobs do not answer, though the desk runs; npm run status tells more.", { cause });
  });
  if (!answer.ok) throw new Stop(`Jobs could not be copied: ${await answer.text()}`);
}

if (import.meta.main) {
  try {
    const root = join(import.meta.dirname, "..");
    const [asked, ...more] = process.argv.slice(2);
    if (more.length > 0 || asked?.startsWith("-")) throw new Stop("It takes one folder at most: npm run backup -- FOLDER");
    const folder = await backUp(readSettings(root, [], process.env), asked, (line) => console.log(line));
    console.log(`The backup is in ${folder}\nBring it back with: npm run restore -- ${folder}`);
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}
