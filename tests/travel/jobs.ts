import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "inngest/node";
import { afterAll, beforeAll } from "vitest";
import { functions } from "@/inngest";
import { inngest } from "@/inngest/client";
import { moveClock } from "@/lib/clock";
import { startJobs } from "../../local/jobs/server.ts";
import { until, useDesk } from "../support/desk";
import { freePort } from "../support/vendors";

type Numbers = { app: string; due: { waiting: number; calling: number } };
type Jobs = {
  setTo: (at: Date) => void;
  forward: (ms: number) => void;
  /** Resolves when the executor has nothing to do at this moment. */
  idle: () => Promise<void>;
};

/** A test's desk with its jobs on an executor of its own, both by one clock that goes on from wherever it is set. */
export function useDeskWithJobs(): Jobs {
  const keys = { eventKey: randomBytes(16).toString("hex"), signingKey: `signkey-prod-${randomBytes(32).toString("hex")}` };
  const clock = { aheadMs: 0 };
  const running = {} as { url: string; close: () => Promise<void>; dataDir: string; port: number; app: Server };
  const ask = async (path: string) => (await fetch(`${running.url}/${path}`, { headers: { authorization: `Bearer ${keys.signingKey}` } })).json();

  beforeAll(async () => {
    const [dataDir, port] = [await mkdtemp(join(tmpdir(), "travel-")), await freePort()];
    const origin = `http://127.0.0.1:${port}`;
    Object.assign(running, await startJobs({ dataDir, port: 0, appOrigin: origin, ...keys, clock: () => Date.now() + clock.aheadMs }), { dataDir, port });
    Object.assign(process.env, { INNGEST_EVENT_KEY: keys.eventKey, INNGEST_SIGNING_KEY: keys.signingKey, INNGEST_BASE_URL: running.url, INNGEST_SERVE_ORIGIN: origin });
    moveClock(() => clock.aheadMs);
  });
  useDesk(); // reads the environment
  beforeAll(async () => {
    const door = serve({ client: inngest(), functions: functions(), serveOrigin: `http://127.0.0.1:${running.port}`, servePath: "/api/inngest" });
    running.app = createServer((request, response) => void door(request, response)).listen(running.port, "127.0.0.1");
    await once(running.app, "listening");
    await until(async () => ((await ask("health")) as { functions: number }).functions >= functions().length);
  });
  afterAll(async () => {
    moveClock(() => 0);
    await running.close();
    await new Promise((done) => running.app.close(done));
    await rm(running.dataDir, { recursive: true, force: true });
  });

  return {
    setTo: (at) => void (clock.aheadMs = at.getTime() - Date.now()),
    forward: (ms) => void (clock.aheadMs += ms),
    idle: async () => void (await until(async () => {
      const { app: reached, due } = (await ask("_local/numbers")) as Numbers;
      return reached === "reached" && due.waiting + due.calling === 0;
    }, 20_000)),
  };
}
