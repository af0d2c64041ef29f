import { fork, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Inngest } from "inngest";

const eventKey = "event-key-of-the-world";
const signingKey = `signkey-prod-${"1e".repeat(32)}`;
const silent = { info() {}, warn() {}, error() {}, debug() {} };
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** Executor and app as two processes on one folder, to be killed and started again at will. */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), "jobs-world-"));
  readonly client: Inngest;
  executor: ChildProcess | undefined;
  app: ChildProcess | undefined;
  readonly #ports: { executor: number; app: number };

  private constructor(ports: { executor: number; app: number }) {
    this.#ports = ports;
    this.client = new Inngest({ id: "desk", eventKey, signingKey, baseUrl: this.url, isDev: false, logger: silent });
  }

  static async start(): Promise<World> {
    const world = new World({ executor: await freePort(), app: await freePort() });
    await Promise.all([world.startExecutor(), world.startApp()]);
    return world;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.executor}`;
  }

  get jobsFolder(): string {
    return join(this.folder, "jobs");
  }

  async startExecutor(): Promise<void> {
    const settings = { dataDir: this.jobsFolder, port: this.#ports.executor, appOrigin: `http://127.0.0.1:${this.#ports.app}`, eventKey, signingKey, retryDelays: [200] };
    this.executor = spawn(process.execPath, [beside("executor.main.ts")], { env: { ...process.env, JOBS: JSON.stringify(settings), NODE_OPTIONS: "" }, stdio: ["ignore", "pipe", "inherit"] });
    await once(this.executor.stdout as NonNullable<ChildProcess["stdout"]>, "data");
  }

  async startApp(): Promise<void> {
    const settings = { port: this.#ports.app, folder: this.folder, url: this.url, eventKey, signingKey };
    this.app = fork(beside("app.main.ts"), { env: { ...process.env, APP: JSON.stringify(settings), NODE_OPTIONS: "" }, execArgv: [] });
    await once(this.app, "message");
  }

  /** Kills with SIGKILL what is named, and starts it again. */
  async kill(...parts: ("executor" | "app")[]): Promise<void> {
    await Promise.all(parts.map((part) => end(this[part])));
    await Promise.all(parts.map((part) => (part === "executor" ? this.startExecutor() : this.startApp())));
  }

  /** Sends until it is acknowledged, as an outbox does; the ids make it one event however often it arrives. */
  async send(events: { id?: string; name: string; data: Record<string, unknown> }[]): Promise<void> {
    for (;;) {
      const sent = await this.client.send(events).then(() => true, () => false);
      if (sent) return;
      await wait(50);
    }
  }

  async api(path: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${this.url}/_local/${path}`, { headers: { authorization: `Bearer ${signingKey}` } });
    return (await response.json()) as Record<string, unknown>;
  }

  /** Waits until the app's functions are registered. */
  async ready(): Promise<void> {
    for (;;) {
      const { functions } = (await (await fetch(`${this.url}/health`)).json()) as { functions: number };
      if (functions > 0) return;
      await wait(20);
    }
  }

  /** Every effect with how often it was done. */
  effects(): Map<string, number> {
    const db = new DatabaseSync(join(this.folder, "effects.sqlite"), { readOnly: true, timeout: 5000 });
    const rows = db.prepare("SELECT key, times FROM effects").all() as { key: string; times: number }[];
    db.close();
    return new Map(rows.map(({ key, times }) => [key, times]));
  }

  async close(): Promise<void> {
    await Promise.all([end(this.executor), end(this.app)]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Load with kills at random moments: each round sends events, then kills the executor (each fourth time the app, each
 * ninth both). Ends when every acknowledged event's run has ended, and answers what was found; `wrong` is empty when
 * each effect is there by its key.
 */
export async function killed(world: World, kills: number, perRound: number, longestLifeMs: number): Promise<{ events: number; repeated: number; wrong: string[] }> {
  let events = 0;
  const ended = new Set<number>();
  const goOn = async (): Promise<void> => {
    const effects = world.effects();
    for (let n = 0; n < events; n++) if (effects.has(`${n} end`)) ended.add(n);
    // The wait begins when it is reached; an event before that is none for it, so it is told again until it has heard.
    const open = Array.from({ length: events }, (_, n) => n).filter((n) => !ended.has(n) && effects.has(`${n} b`));
    for (let from = 0; from < open.length; from += 100) await world.send(open.slice(from, from + 100).map((n) => ({ name: "go.on", data: { n } })));
  };
  for (let round = 1; round <= kills; round++) {
    const until = Date.now() + 300 + Math.random() * 1500;
    for (let index = 0; index < perRound; index++, events++) await world.send([{ id: `work-${events}`, name: "work", data: { n: events, until } }]);
    if (round % 3 === 0) await goOn();
    await wait(Math.random() * longestLifeMs);
    if (round % 9 === 0) await world.kill("executor", "app");
    else await world.kill(round % 4 === 0 ? "app" : "executor");
  }
  const patience = Date.now() + 120_000;
  while (ended.size < events && Date.now() < patience) {
    await goOn();
    await wait(300);
  }
  const effects = world.effects();
  const expected = Array.from({ length: events }, (_, n) => ["a", "b", "c", "d", "end"].map((name) => `${n} ${name}`)).flat();
  const wrong = [...expected.filter((key) => !effects.has(key)).map((key) => `lost: ${key}`), ...[...effects.keys()].filter((key) => !expected.includes(key) && !key.startsWith("one ")).map((key) => `too many: ${key}`)];
  return { events, repeated: [...effects.values()].reduce((sum, times) => sum + times - 1, 0), wrong };
}
