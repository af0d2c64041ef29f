import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inngest } from "inngest";
import { MongoClient } from "mongodb";
import { vi } from "vitest";
import { reservePort } from "../../../scripts/place.ts";
import { Service } from "../../../scripts/service.ts";

export type Victim = "database" | "local" | "app";
type Running = { status: string; nextAt: string | null };
const root = join(import.meta.dirname, "../../..");
const silent = { info() {}, warn() {}, error() {}, debug() {} };
const minute = 60_000;

/** The week's desk: three processes under the launcher's own supervision, and a clock that is set. */
export class Processes {
  readonly #data: string;
  readonly #pids = new Map<Victim, number>();
  readonly #services: Record<Victim, Service>;
  readonly #keys = { INNGEST_EVENT_KEY: randomBytes(16).toString("hex"), INNGEST_SIGNING_KEY: `signkey-prod-${randomBytes(32).toString("hex")}`, RESEND_API_KEY: `re_${randomBytes(12).toString("hex")}` };
  readonly #at: Record<string, string> = {};
  #inngest: Inngest | undefined;

  private constructor(data: string, port: number) {
    this.#data = data;
    const env = { PATH: process.env.PATH, TWOWAY_DATA: data };
    const service = (name: Victim, command: string[], variables: () => Record<string, string | undefined>) =>
      new Service({
        name, command: ["--import", join(root, "scripts/leash.ts"), ...command], cwd: root, env: () => ({ ...env, ...variables() }), logFile: join(data, `${name}.log`), say: () => {},
        onReady: ({ ready: _, ...addresses }, pid) => {
          Object.assign(this.#at, addresses);
          this.#pids.set(name, pid);
        },
      });
    const portOf = (name: string) => (this.#at[name] ? new URL(this.#at[name]).port : "0");
    this.#services = {
      database: service("database", ["local/mongo/main.ts"], () => ({ TWOWAY_MONGO_SOCKET: join(data, "mongo.sock") })),
      local: service("local", ["local/main.ts"], () => ({ ...this.#keys, TWOWAY_LOCAL: "jobs,mail", TWOWAY_CLOCK_FILE: join(data, "clock"), TWOWAY_APP_ORIGIN: `http://127.0.0.1:${port}`, TWOWAY_JOBS_PORT: portOf("jobs"), TWOWAY_MAIL_PORT: portOf("mail") })),
      app: service("app", ["tests/local/week/desk.main.ts"], () => ({ ...this.#keys, PORT: String(port), MONGODB_URI: this.#at.uri, INNGEST_BASE_URL: this.#at.jobs, RESEND_BASE_URL: this.#at.mail })),
    };
  }

  static async start(at: number): Promise<Processes> {
    const desk = new Processes(await mkdtemp(join(tmpdir(), "week-")), await reservePort(0, "127.0.0.1"));
    await Promise.all([desk.#services.database.start(), desk.#services.local.start()]);
    await desk.setClock(at);
    await desk.#services.app.start();
    desk.#inngest = new Inngest({ id: "week", eventKey: desk.#keys.INNGEST_EVENT_KEY, signingKey: desk.#keys.INNGEST_SIGNING_KEY, baseUrl: desk.#at.jobs ?? "", isDev: false, logger: silent });
    await vi.waitFor(async () => {
      if (((await desk.#jobs("health")) as { functions?: number }).functions !== 7) throw new Error("the functions are not registered");
    }, 20_000);
    return desk;
  }

  async #jobs(path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.#at.jobs}/${path}`, { method: body ? "POST" : "GET", headers: { authorization: `Bearer ${this.#keys.INNGEST_SIGNING_KEY}`, "content-type": "application/json" }, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  setClock(at: number): Promise<unknown> {
    return this.insist(() => this.#jobs("_local/clock", { offsetMs: at - Date.now() }));
  }

  /** Again until it succeeds, as a caller does whose desk is coming back. */
  async insist<T>(act: () => Promise<T>): Promise<T> {
    return vi.waitFor(act, { timeout: 30_000, interval: 25 });
  }

  send(events: { id: string; name: string; ts: number; data: object }[]): Promise<unknown> {
    return this.insist(() => this.#inngest?.send(events) ?? Promise.reject(new Error("not started")));
  }

  /**
   * Resolves when everything due by `at` is done. What is due within a few minutes more (a retry, what a killed
   * executor gives out again) is not waited for: the clock is set to it.
   */
  async settled(at: number): Promise<void> {
    for (let calm = 0; calm < 2; ) {
      const dues = await this.insist(() => this.#dues());
      const next = Math.min(...dues);
      calm = next > at + 9 * minute ? calm + 1 : 0;
      if (calm === 0 && next > at && next <= at + 9 * minute) await this.setClock(next);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  /** When each run that goes on is looked at next, in ms; what is being called is due now. */
  async #dues(): Promise<number[]> {
    if (((await this.#jobs("health")) as { app: string }).app !== "reached") throw new Error("the app is away");
    const dues: number[] = [];
    for (let before: string | null = "~"; before !== null; ) {
      const page = (await this.#jobs(`_local/runs?status=running&limit=200&before=${before}`)) as { runs: Running[]; before: string | null };
      dues.push(...page.runs.map(({ nextAt }) => (nextAt === null ? 0 : Date.parse(nextAt))));
      before = page.before;
    }
    return dues;
  }

  /** Answers how many it killed: one that an earlier kill has ended and that is not back yet is left alone. */
  kill(victims: readonly Victim[]): number {
    return victims.filter((victim) => {
      const pid = this.#pids.get(victim);
      this.#pids.delete(victim);
      if (pid !== undefined) process.kill(pid, "SIGKILL");
      return pid !== undefined;
    }).length;
  }

  async effects(): Promise<string[]> {
    const client = new MongoClient(this.#at.uri ?? "");
    try {
      return (await client.db("week").collection<{ _id: string }>("effects").find().toArray()).map(({ _id }) => _id).toSorted();
    } finally {
      await client.close();
    }
  }

  async mails(): Promise<string[]> {
    const { items } = (await (await fetch(`${this.#at.mail}/_local/outbox?to=ana@example.org&limit=10000`)).json()) as { items: { subject: string }[] };
    return items.map(({ subject }) => subject).toSorted();
  }

  async stop(): Promise<void> {
    await Promise.all([this.#services.app.stop(5000), this.#services.local.stop(8000)]);
    await this.#services.database.stop(8000);
    await rm(this.#data, { recursive: true, force: true });
  }
}
