import { join } from "node:path";
import { mkdirSync, rmSync } from "node:fs";
import { once } from "node:events";
import { buildAside } from "./build.ts";
import { tryLock } from "./lock.ts";
import { databasePlace, isEmptyDesk, rememberDesk, reservePort } from "./place.ts";
import { runningDesk } from "./registry.ts";
import { readSettings, type Settings } from "./settings.ts";
import { sentenceFor, Stop } from "./stop.ts";
import { Supervisor } from "./supervise.ts";
import { welcome } from "./welcome.ts";

/*
 * npm start: one desk on one data folder. Settings, the lock of the folder, a port, a build; then the
 * services (supervise.ts) until Ctrl-C, SIGTERM or the end of the process that started this one.
 */
const root = join(import.meta.dirname, "..");
const say = (line: string) => console.log(line);
/** npm hands Ctrl-C on although the terminal has sent it to everybody, so one press can arrive twice. */
const samePressMs = 700;

async function main(): Promise<number> {
  const ending = new AbortController();
  let supervisor: Supervisor | undefined;
  let asked = 0;
  const end = () => {
    if (asked && Date.now() - asked > samePressMs) {
      supervisor?.kill();
      process.exit(1);
    }
    asked ||= Date.now();
    ending.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  // The terminal may be gone before we are: what we say then is lost, the stop is not.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  if (process.send) process.on("disconnect", end);

  try {
    const settings = readSettings(root, process.argv.slice(2), process.env);
    makeFolder(settings.dataDir);
    takeFolder(settings);
    supervisor = await prepare(settings, ending.signal);
    await supervisor.start(ending.signal);
    say(welcome(root, settings.dataDir, supervisor.addresses, supervisor.demo));
    if (!ending.signal.aborted) await once(ending.signal, "abort");
    return 0;
  } catch (error) {
    if (ending.signal.aborted) return 0;
    console.error(sentenceFor(error));
    return 1;
  } finally {
    if (asked) say("Stopping …");
    await supervisor?.stop();
  }
}

async function prepare(settings: Settings, signal: AbortSignal): Promise<Supervisor> {
  const { dataDir, dev, empty, host, local } = settings;
  const withoutDemo = isEmptyDesk(dataDir, empty);
  // Processes of a desk that was killed need a moment to notice and to let go of port and data.
  const patienceMs = runningDesk(dataDir) ? 15_000 : 0;
  const port = await reservePort(settings.port, host, patienceMs);
  if (dev && !tryLock(join(root, ".cache", "dev.lock"))) throw new Stop("npm run dev runs already in this checkout; npm start can run beside it.");
  // The app writes it again while there is no admin; one from an earlier start would be printed in vain.
  rmSync(join(dataDir, "setup-link"), { force: true });
  const buildFolder = dev ? "" : await buildAside(root, say, signal);
  rememberDesk(dataDir, withoutDemo);
  const demo = local.has("database") && !withoutDemo;
  return new Supervisor({ settings, port, demo, buildFolder, patienceMs, place: databasePlace(dataDir), say });
}

function makeFolder(dataDir: string): void {
  mkdirSync(join(dataDir, "logs"), { recursive: true, mode: 0o700 });
  mkdirSync(join(dataDir, "run"), { recursive: true, mode: 0o700 });
}

/** Held until this process ends, so that one data folder never has two desks. */
function takeFolder({ dataDir }: Settings): void {
  if (tryLock(join(dataDir, "run", "desk.lock"))) return;
  const other = runningDesk(dataDir);
  if (!other) throw new Stop(`${dataDir} is in use: a desk is just starting on it, or a backup or restore is under way.`);
  throw new Stop(`A desk runs already on ${dataDir} (${other.app}, process ${other.pids.desk}); stop it, or name another folder: TWOWAY_DATA`);
}

process.exit(await main());
