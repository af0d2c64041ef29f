import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Inngest } from "inngest";
import type { InngestFunction, Logger } from "inngest";
import { serve } from "inngest/node";
import { expect, vi } from "vitest";
import { startJobs } from "@/local/jobs/server.ts";

export const eventKey = "event-key-of-tests";
export const signingKey = `signkey-prod-${"0f".repeat(32)}`;
const silent: Logger = { info() {}, warn() {}, error() {}, debug() {} };

/** Whether the SDK reports results in the middle of a call; suites run with both. */
export const way = { checkpointing: true };
export const bothWays = [["reported in the middle of a call", true], ["one step a call", false]] as const;

const clientOf = (baseUrl: string, key: string): Inngest => new Inngest({ id: "desk", eventKey, signingKey: key, isDev: false, checkpointing: way.checkpointing, logger: silent, ...(baseUrl ? { baseUrl } : {}) });

export type Run = { id: string; functionId: string; status: string; error: { name: string; message: string } | null; event: { id: string; name: string; data?: unknown }; stepsDone: number; nextAt: string | null; output?: unknown };
type Listed = { status: number; body: Record<string, unknown> };

type Make = (client: Inngest) => InngestFunction.Any[];
type Tuning = { retryDelays?: number[]; clock?: () => number; clockFile?: string; disk?: () => number };

/** An app on plain node:http with the official SDK, and an executor beside it. */
export class Rig {
  readonly dataDir: string;
  readonly #make: Make;
  client: Inngest;
  /** What the executor told its operator. */
  readonly said: string[] = [];
  /** Requests that met an app which was still starting. */
  turnedAway = 0;
  url = "";
  appPort = 0;
  #serve: RequestListener | undefined;
  #app: Server | undefined;
  #jobs: { url: string; close(): Promise<void> } | undefined;

  private constructor(dataDir: string, make: Make) {
    this.dataDir = dataDir;
    this.#make = make;
    this.client = clientOf("", signingKey);
  }

  static async start(make: Make, tuning: Tuning = {}): Promise<Rig> {
    const rig = new Rig(await mkdtemp(join(tmpdir(), "jobs-")), make);
    await rig.listen();
    await rig.startJobs(tuning);
    rig.useApp();
    await rig.registered();
    return rig;
  }

  /** Opens the app's port; until `useApp` it answers as a server that is starting does. */
  async listen(): Promise<void> {
    this.#app = createServer((request, response) => {
      if (this.#serve) return void this.#serve(request, response);
      this.turnedAway += 1;
      response.writeHead(503).end();
    });
    await new Promise<void>((done) => this.#app?.listen(this.appPort, "127.0.0.1", done));
    this.appPort = (this.#app.address() as AddressInfo).port;
  }

  useApp(key = signingKey, make = this.#make): void {
    this.client = clientOf(this.url, key);
    this.#serve = serve({ client: this.client, functions: make(this.client), serveOrigin: `http://127.0.0.1:${this.appPort}`, servePath: "/api/inngest" });
  }

  /** Ends the app as a crash does: open connections are cut. It will start with `listen` and `useApp`. */
  async stopApp(): Promise<void> {
    this.#serve = undefined;
    const gone = new Promise((done) => this.#app?.close(done));
    this.#app?.closeAllConnections();
    await gone;
  }

  async startJobs(tuning: Tuning = {}): Promise<void> {
    const port = this.url ? Number(new URL(this.url).port) : 0;
    this.#jobs = await startJobs({ dataDir: this.dataDir, port, appOrigin: `http://127.0.0.1:${this.appPort}`, eventKey, signingKey, say: (sentence) => this.said.push(sentence), ...tuning });
    this.url = this.#jobs.url;
  }

  async health(): Promise<{ app: string; functions: number }> {
    return (await (await fetch(`${this.url}/health`)).json()) as { app: string; functions: number };
  }

  /** Lets the app register now, as a deployment does; the executor would ask it within half a second. */
  async registered(): Promise<void> {
    await fetch(`http://127.0.0.1:${this.appPort}/api/inngest`, { method: "PUT" });
    await vi.waitFor(async () => expect(await this.health()).toMatchObject({ app: "reached", functions: expect.toSatisfy((n: number) => n > 0) }), { timeout: 5000, interval: 20 });
  }

  async stopJobs(): Promise<void> {
    await this.#jobs?.close();
    this.#jobs = undefined;
  }

  async api(path: string, method = "GET", key = signingKey, sent?: unknown): Promise<Listed> {
    const response = await fetch(`${this.url}/_local/${path}`, { method, headers: { authorization: `Bearer ${key}` }, ...(sent === undefined ? {} : { body: JSON.stringify(sent) }) });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async runs(fn = "", status = ""): Promise<Run[]> {
    return (await this.api(`runs?limit=200${fn && `&fn=desk-${fn}`}${status && `&status=${status}`}`)).body["runs"] as Run[];
  }

  /** Waits until so many runs of a function have a status, and answers them, the newest first. */
  async until(fn: string, status: string, count = 1, timeout = 8000): Promise<Run[]> {
    return vi.waitFor(async () => {
      const runs = await this.runs(fn, status);
      expect(runs, `${fn} ${status}`).toHaveLength(count);
      return runs;
    }, { timeout, interval: 15 });
  }

  async output(run: Run | undefined): Promise<unknown> {
    return (await this.api(`runs/${run?.id}`)).body["output"];
  }

  async close(): Promise<void> {
    await this.stopApp();
    await this.stopJobs();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
