/**
 * Runs jobs, realtime, mail and the Slack receiver in one process, as far as TWOWAY_LOCAL asks for them.
 * Prints one JSON line with the addresses when all of them listen. SIGTERM and SIGINT stop them in order
 * (jobs first: it is the one that calls the others) and exit with 0.
 * Exit codes: 3 when another process serves this data folder, 4 for any other trouble at the start.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

type Running = { url: string; close(): Promise<void> };

class StartTrouble extends Error {
  readonly exitCode: number;
  constructor(exitCode: number, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.exitCode = exitCode;
  }
}

const env = process.env;
const dataRoot = env["TWOWAY_DATA"] ?? ".data";

function needed(name: string, part: string): string {
  const value = env[name];
  if (!value) throw new StartTrouble(4, `${part} needs ${name}, which is not set.`);
  return value;
}

function port(part: string): number {
  const text = env[`TWOWAY_${part.toUpperCase()}_PORT`] || "0";
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new StartTrouble(4, `TWOWAY_${part.toUpperCase()}_PORT must be a port number, not "${text}".`);
}

const appOrigin = (): string => env["TWOWAY_APP_ORIGIN"] || "http://127.0.0.1:3000";

/** How each part is started, in the order of stopping. Modules load only when their part runs. */
const starters: Record<string, () => Promise<Running>> = {
  async jobs() {
    const { startJobs } = await import("./jobs/server.ts");
    return startJobs({
      dataDir: join(dataRoot, "jobs"),
      port: port("jobs"),
      appOrigin: appOrigin(),
      eventKey: needed("INNGEST_EVENT_KEY", "jobs"),
      signingKey: needed("INNGEST_SIGNING_KEY", "jobs"),
      // Set by tests only: they move the clock of jobs by the milliseconds in this file.
      ...(env["TWOWAY_CLOCK_FILE"] ? { clockFile: env["TWOWAY_CLOCK_FILE"] } : {}),
    });
  },
  async mail() {
    const { startMail } = await import("./mail/server.ts");
    const webhookSecret = env["RESEND_WEBHOOK_SECRET"];
    return startMail({
      dataDir: join(dataRoot, "mail"),
      port: port("mail"),
      apiKey: needed("RESEND_API_KEY", "mail"),
      ...(webhookSecret ? { webhookUrl: `${appOrigin()}/api/webhooks/mail`, webhookSecret } : {}),
    });
  },
  async slack() {
    const { startSlack } = await import("./slack/server.ts");
    return startSlack({ dataDir: join(dataRoot, "slack"), port: port("slack"), path: needed("TWOWAY_SLACK_PATH", "slack") });
  },
  async realtime() {
    const { startRealtime } = await import("./realtime/server.ts");
    const webhookUrl = env["TWOWAY_REALTIME_WEBHOOK"];
    return startRealtime({
      port: port("realtime"),
      appId: needed("PUSHER_APP_ID", "realtime"),
      key: needed("PUSHER_KEY", "realtime"),
      secret: needed("PUSHER_SECRET", "realtime"),
      ...(webhookUrl ? { webhookUrl } : {}),
    });
  },
};

/** One process a data folder. SQLite's file lock ends with its holder, also after kill -9. */
function lockData(): DatabaseSync {
  mkdirSync(dataRoot, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(dataRoot, "local.lock"), { timeout: 0 });
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    throw new StartTrouble(3, `The local services already run on the data folder ${dataRoot}.`, cause);
  }
  return lock;
}

function partsToRun(): string[] {
  const asked = (env["TWOWAY_LOCAL"] ?? "jobs,realtime,mail").split(",").map((part) => part.trim()).filter(Boolean);
  const unknown = asked.find((part) => !(part in starters));
  if (unknown !== undefined) throw new StartTrouble(4, `TWOWAY_LOCAL names "${unknown}"; the parts are jobs, realtime, mail and slack.`);
  return Object.keys(starters).filter((part) => asked.includes(part));
}

function explain(part: string, error: unknown): StartTrouble {
  if (error instanceof StartTrouble) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "EADDRINUSE") return new StartTrouble(4, `${part}: port ${port(part)} is taken by another process.`, error);
  if (code === "ENOSPC" || /disk is full/.test(message)) return new StartTrouble(4, `${part}: the disk is full.`, error);
  return new StartTrouble(4, `${part} could not start: ${message.split("\n")[0]}`, error);
}

const running = new Map<string, Running>();

async function stop(): Promise<void> {
  for (const [part, service] of running) {
    running.delete(part);
    await service.close();
  }
}

async function start(): Promise<void> {
  const parts = partsToRun();
  const lock = lockData();
  process.once("exit", () => lock.close());
  for (const part of parts) {
    const starter = starters[part];
    if (starter) running.set(part, await starter().catch((error: unknown) => Promise.reject(explain(part, error))));
  }
  const urls = Object.fromEntries([...running].map(([part, { url }]) => [part, url]));
  console.log(JSON.stringify({ ready: true, ...urls }));
}

function quit(): void {
  stop().then(() => process.exit(0), (error: unknown) => {
    process.stderr.write(`The local services did not stop cleanly: ${String(error)}\n`);
    process.exit(1);
  });
}
process.once("SIGTERM", quit);
process.once("SIGINT", quit);

try {
  await start();
} catch (error) {
  const trouble = explain("local", error);
  process.stderr.write(`${trouble.message}\n`);
  await stop();
  process.exit(trouble.exitCode);
}
