import { existsSync, readdirSync, statSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { keysIn } from "./keys.ts";
import { tail } from "./files.ts";
import { tryLock } from "./lock.ts";
import { runningAs, type Running } from "./processes.ts";
import { runningDesk, type Registry } from "./registry.ts";
import { lastBackup, type LastBackup } from "./snapshot.ts";
import { readSettings } from "./settings.ts";
import { printed } from "./status-table.ts";
import { sentenceFor, Stop } from "./stop.ts";
import type { Waiting } from "./waiting.ts";

/*
 * npm run status [-- --json]: what runs on a data folder, from services.json, the processes and their doors.
 * Exit code 0: all well; 1: something is down; 3: no desk runs.
 */
export type Row = { name: string; state: "up" | "down" | "gone"; pid: number; restarts: number; address: string } & Partial<Running>;
export type Jobs = { waiting: number; oldestMs: number; running: number; failedInDay: number };
export type Status = {
  state: "running" | "down" | "killed" | "stopped";
  dataDir: string;
  since?: string;
  rows: Row[];
  jobs?: Jobs;
  waiting?: Waiting;
  backup: LastBackup | null;
  data: Record<string, number>;
  logs: { file: string; lines: string[] }[];
};

const parts = { database: "mongodb", jobs: "local", realtime: "local", mail: "local", slack: "local" } as const;
const patienceMs = 5000;

export async function statusOf(dataDir: string): Promise<Status> {
  const registry = runningDesk(dataDir);
  const common = { dataDir, backup: lastBackup(dataDir), data: sizes(dataDir), logs: lastWarnings(dataDir) };
  const release = existsSync(join(dataDir, "run")) ? tryLock(join(dataDir, "run", "desk.lock")) : () => {};
  release?.();
  // The lock ends with its desk, however that ends; services.json stays behind after kill -9.
  if (release || !registry) return { state: registry ? "killed" : "stopped", rows: registry ? rowsOf(registry, {}) : [], ...common };
  const { mongodb, jobs: executor, slack } = registry;
  const [health, jobs, waiting, messages] = await Promise.all([
    healthOf(registry.app),
    executor ? jobsOf(executor, dataDir) : undefined,
    mongodb ? import("./waiting.ts").then(({ waitingIn }) => waitingIn(mongodb)) : undefined,
    slack ? read(`${slack}/_local/messages?limit=0`) : undefined,
  ]);
  const rows = rowsOf(registry, { ...health, ...(messages && { slack: "ok" }) });
  return { state: rows.every(({ state }) => state === "up") ? "running" : "down", since: registry.since, rows, ...(jobs && { jobs }), ...(waiting && { waiting }), ...common };
}

type Health = Record<string, string>;

/** A row for each process. `up`: it is there and what it serves answers. */
function rowsOf({ pids, restarts, ...at }: Registry, health: Health): Row[] {
  const addressOf = (name: string) => (name === "app" ? at.app : name === "mongodb" ? (at.mongodb ?? "") : name === "local" ? [at.jobs, at.realtime, at.mail, at.slack].filter(Boolean).join(" ") : "");
  return Object.entries(pids).map(([name, pid]) => {
    const running = runningAs(pid);
    const served = Object.entries(parts).filter(([, process]) => process === name).map(([part]) => part);
    const needed = name === "app" ? ["app"] : name === "desk" ? [] : served.filter((part) => part === "database" || part in at);
    const state = running === null ? "gone" : needed.every((part) => health[part] === "ok") ? "up" : "down";
    return { name, state, pid, restarts: restarts[name] ?? 0, address: addressOf(name), ...running };
  });
}

async function healthOf(app: string): Promise<Health> {
  const body = await read(`${app}/api/health`);
  const { services }: { services?: Health } = body === null ? {} : JSON.parse(body);
  return services ? { app: "ok", ...services } : {};
}

async function jobsOf(address: string, dataDir: string): Promise<Jobs | undefined> {
  const body = await read(`${address}/_local/numbers`, { authorization: `Bearer ${keysIn(dataDir).INNGEST_SIGNING_KEY}` });
  if (body === null) return undefined;
  const { due, running, failedInDay }: { due: { waiting: number; oldestMs: number }; running: number; failedInDay: number } = JSON.parse(body);
  return { waiting: due.waiting, oldestMs: due.oldestMs, running, failedInDay };
}

/** Null for no answer in time, and for one that is no JSON. */
function read(url: string, headers: Record<string, string> = {}): Promise<string | null> {
  return new Promise((resolve) => {
    const request = get(url, { headers, timeout: patienceMs, agent: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      response.on("end", () => resolve(body.startsWith("{") ? body : null));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => resolve(null)); // Nobody answers: that is what was asked.
  });
}

function sizes(dataDir: string): Record<string, number> {
  const size = (folder: string): number => readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + (statSync(join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0), 0);
  const folders = { database: "mongo", jobs: "jobs", mail: "mail", slack: "slack", logs: "logs", backups: "backups" };
  return Object.fromEntries(Object.entries(folders).filter(([, name]) => existsSync(join(dataDir, name))).map(([name, folder]) => [name, size(join(dataDir, folder))]));
}

/** The last lines of each log; of the app's, which tells more than troubles, those that warn. */
function lastWarnings(dataDir: string): Status["logs"] {
  const folder = join(dataDir, "logs");
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".log")).sort() : [];
  return files.map((name) => {
    const lines = tail(join(folder, name), 200).split("\n").filter((line) => line.trim() !== "" && (name !== "app.log" || /warn|error/i.test(line)));
    return { file: join(folder, name), lines: lines.slice(-2) };
  });
}

const exitCodes: Record<Status["state"], number> = { running: 0, down: 1, killed: 3, stopped: 3 };

if (import.meta.main) {
  try {
    const json = process.argv[2] === "--json";
    if (process.argv.length > (json ? 3 : 2)) throw new Stop("The only option is --json: npm run status -- --json");
    const status = await statusOf(readSettings(join(import.meta.dirname, ".."), [], process.env).dataDir);
    console.log(json ? JSON.stringify(status, null, 2) : printed(status));
    process.exitCode = exitCodes[status.state];
  } catch (error) {
    console.error(sentenceFor(error));
    process.exitCode = 1;
  }
}
