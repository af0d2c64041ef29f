import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Caller } from "./call.ts";
import { fileClock } from "./clock.ts";
import { Dispatcher } from "./dispatch.ts";
import { vendorRetryDelays } from "./durations.ts";
import type { Executor } from "./executor.ts";
import { Functions } from "./functions.ts";
import { Pace } from "./pace.ts";
import { prune } from "./retention.ts";
import { respond } from "./routes.ts";
import type { Door } from "./routes.ts";
import { Store } from "./store.ts";
import { Syncer } from "./sync.ts";
import { Insistence } from "../trouble.ts";

type Options = {
  /** Holds jobs.sqlite; created when missing. One process at a time. */
  dataDir: string;
  /** On 127.0.0.1; 0 or nothing chooses a free one. */
  port?: number;
  /** Where the app listens, whatever address it registers. */
  appOrigin: string;
  eventKey: string;
  /** `signkey-prod-` and hex digits. */
  signingKey: string;
  /** The path of the app's Inngest door. */
  servePath?: string;
  /** Milliseconds between attempts, in place of the vendor's 15 s to 2 h. */
  retryDelays?: readonly number[];
  /** For tests: the time that everything goes by but the signatures, in milliseconds since 1970; it may be set forward and back. */
  clock?(): number;
  /** For tests of processes: the real time moved by the milliseconds in this file, which `POST /_local/clock {offsetMs}` writes. */
  clockFile?: string;
  /** For tests: the bytes that the disk has room for at the moment; beyond them it is full. */
  disk?(): number;
  /** Hears what an operator should know, a sentence at a time; stderr otherwise. */
  say?(sentence: string): void;
};

const minute = 60_000;
const hour = 60 * minute;

/**
 * Starts an executor of the Inngest protocol (SDK 4.24) on 127.0.0.1: it asks the app to register, takes events, and
 * runs functions durably. See README.md for what it supports. `close` lets calls in flight end for up to three seconds;
 * what is then open is called again after the next start. Rejects when the port is taken or another process has the data.
 */
export async function startJobs(options: Options): Promise<{ url: string; close(): Promise<void> }> {
  const say = options.say ?? ((sentence: string) => void process.stderr.write(`jobs: ${sentence}\n`));
  const store = new Store(options.dataDir, options.disk);
  const moved = options.clockFile === undefined ? undefined : fileClock(options.clockFile);
  const now = moved?.now ?? options.clock ?? Date.now;
  const executor: Executor = { store, now, pace: new Pace(now()), functions: new Functions(store), retryDelays: options.retryDelays ?? vendorRetryDelays, wake: () => dispatcher.wake() };
  const caller = new Caller(options.appOrigin.replace(/\/$/, ""), options.signingKey);
  const syncer = new Syncer(caller, options.servePath ?? "/api/inngest", say);
  const insistence = new Insistence(say);
  const dispatcher = new Dispatcher(executor, caller, insistence, now === Date.now ? minute : 20, () => syncer.now());
  const door: Door = {
    executor,
    eventKey: options.eventKey,
    signingKey: options.signingKey,
    say,
    tellTrouble: (trouble) => insistence.tell(trouble),
    health: () => ({ ok: true, app: dispatcher.away || !syncer.synced ? "away" : "reached", functions: executor.functions.all().filter(({ active }) => active).length }),
    moveClock: moved?.move,
    registered: (refusals: string[]) => syncer.registered(refusals),
  };
  const server = createServer((request, response) => void respond(door, request, response));
  const port = await listen(server, options.port ?? 0).catch((error: unknown) => {
    store.close();
    throw error;
  });
  const pruning = setInterval(() => {
    void insistence.until(() => {
      while (prune(store, now()));
    });
  }, hour);
  dispatcher.wake();
  syncer.now();

  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      clearInterval(pruning);
      syncer.stop();
      insistence.stop();
      await dispatcher.stop(3000);
      caller.close();
      await new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      });
      store.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
