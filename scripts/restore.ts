import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { tryLock } from "./lock.ts";
import { readSettings, type Settings } from "./settings.ts";
import { checkedManifest, databaseFiles, plainFiles, stamp } from "./snapshot.ts";
import { sentenceFor, Stop } from "./stop.ts";

/*
 * npm run restore -- FOLDER: the desk as it was when the backup was made. What is there now is moved aside, never
 * removed. A backup that is damaged or of a newer version changes nothing.
 */

/** The folders and files that a restore replaces as a whole. A setup link of the present desk would be of no use. */
const replaced = [...new Set([...databaseFiles.map(({ path }) => dirname(path)), ...plainFiles, "setup-link"])];

/** Returns the folder that holds what was there before, or null if there was nothing. Throws Stop. */
export async function restore(settings: Settings, folder: string, say: (line: string) => void): Promise<string | null> {
  const { dataDir, local, root } = settings;
  const backup = resolve(root, folder);
  mkdirSync(join(dataDir, "run"), { recursive: true, mode: 0o700 });
  const release = tryLock(join(dataDir, "run", "desk.lock"));
  if (!release) throw new Stop(`The desk on ${dataDir} runs; stop it first, then restore.`);
  const draft = join(dataDir, "restore.part");
  try {
    const { files } = await checkedManifest(backup);
    if (local.has("database") && !files.some(({ path }) => path === "mongo/data.sqlite")) throw new Stop(`The backup ${backup} has no tickets: they were in a database at MONGODB_URI. Set that, then restore.`);
    const wanted = files.filter(({ path }) => local.has("database") || !path.startsWith("mongo/"));
    if (!local.has("database")) say("The tickets are in the database at MONGODB_URI: bring that back with mongorestore or your provider's snapshots. Here: jobs, mail and keys.");
    rmSync(draft, { recursive: true, force: true });
    for (const { path } of wanted) {
      mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
      copyFileSync(join(backup, path), join(draft, path));
      chmodSync(join(draft, path), 0o600);
    }
    return exchange(dataDir, draft);
  } finally {
    rmSync(draft, { recursive: true, force: true });
    release();
  }
}

/** Moves what is there aside and the draft in its place; when a move fails, those before it are undone. */
function exchange(dataDir: string, draft: string): string | null {
  const aside = join(dataDir, `before-restore-${stamp()}`);
  const present = replaced.filter((name) => existsSync(join(dataDir, name)));
  const moves = [
    ...present.map((name) => [join(dataDir, name), join(aside, name)] as const),
    ...replaced.filter((name) => existsSync(join(draft, name))).map((name) => [join(draft, name), join(dataDir, name)] as const),
  ];
  const done: (typeof moves)[number][] = [];
  if (present.length > 0) mkdirSync(aside, { mode: 0o700 });
  try {
    for (const [from, to] of moves) {
      renameSync(from, to);
      done.push([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from);
    throw error;
  }
  return present.length > 0 ? aside : null;
}

if (import.meta.main) {
  try {
    const [folder, ...more] = process.argv.slice(2);
    if (!folder || more.length > 0 || folder.startsWith("-")) throw new Stop("Which backup? npm run restore -- FOLDER");
    const settings = readSettings(join(import.meta.dirname, ".."), [], process.env);
    const aside = await restore(settings, folder, (line) => console.log(line));
    console.log(`Restored into ${settings.dataDir}.${aside ? `\nWhat was there before is in ${aside}` : ""}\nStart the desk: npm start`);
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}
