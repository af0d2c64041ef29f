import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hashedSigningKey } from "@/local/jobs/keys.ts";
import { prune } from "@/local/jobs/retention.ts";
import { startJobs } from "@/local/jobs/server.ts";
import { Store } from "@/local/jobs/store.ts";
import { eventKey, Rig, signingKey } from "./rig.ts";
import { killed, World } from "./world.ts";

let rig: Rig;
afterEach(() => rig.close());

describe("the app goes away and comes back", () => {
  it("in the middle of a run: what was done is not done again, what was in flight is", async () => {
    const ran: string[] = [];
    const held = vi.fn();
    let down = false;
    rig = await Rig.start((client) => [client.createFunction({ id: "two", triggers: { event: "go" } }, async ({ step }) => {
      await step.run("first", () => void ran.push("first"));
      await step.run("second", async () => {
        ran.push("second");
        if (!down) await new Promise(held);
      });
      return step.run("third", () => void ran.push("third"));
    })], { retryDelays: [50] });
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(() => expect(held).toHaveBeenCalledOnce());
    await rig.stopApp();
    down = true;
    await rig.listen();
    rig.useApp();
    await rig.until("two", "completed");
    expect(ran).toEqual(["first", "second", "second", "third"]);
  });

  it("while it is away nothing counts as an attempt, and it is found again within a second", async () => {
    const at: number[] = [];
    rig = await Rig.start((client) => [client.createFunction({ id: "none", retries: 0, triggers: { event: "go" } }, ({ attempt }) => (at.push(Date.now()), attempt))]);
    await rig.stopApp();
    const { ids } = await rig.client.send(Array.from({ length: 5 }, (_, n) => ({ name: "go", data: { n } })));
    expect(ids).toHaveLength(5);
    await vi.waitFor(async () => expect((await rig.health()).app).toBe("away"));
    await rig.listen();
    await vi.waitFor(() => expect(rig.turnedAway).toBeGreaterThan(3), { timeout: 5000 });
    expect((await rig.runs("none")).every(({ status }) => status === "running")).toBe(true);
    const back = Date.now();
    rig.useApp();
    const runs = await rig.until("none", "completed", 5);
    expect(Math.max(...at) - back).toBeLessThan(1500);
    expect(await Promise.all(runs.map((run) => rig.output(run)))).toEqual([0, 0, 0, 0, 0]);
  });

  it("with other functions: they are registered, and those that are gone start no more", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "old", triggers: { event: "go" } }, () => "old")]);
    rig.useApp(signingKey, (client) => [client.createFunction({ id: "new", triggers: { event: "go" } }, () => "new")]);
    await rig.registered();
    await rig.client.send({ name: "go", data: {} });
    await rig.until("new", "completed");
    expect(await rig.runs("old")).toEqual([]);
  });
});

describe("signatures", () => {
  it("an app with another signing key neither registers nor runs", async () => {
    const ran = vi.fn();
    rig = await Rig.start((client) => [client.createFunction({ id: "secret", retries: 0, triggers: { event: "go" } }, ran)]);
    rig.useApp(`signkey-prod-${"aa".repeat(32)}`);
    const registering = await fetch(`http://127.0.0.1:${rig.appPort}/api/inngest`, { method: "PUT" });
    expect(registering.ok).toBe(false);
    await rig.client.send({ name: "go", data: {} });
    expect((await rig.until("secret", "failed"))[0]?.error?.message).toContain("refused the signature");
    expect(ran).not.toHaveBeenCalled();
  });

  it("the executor's own doors want the key", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "go" } }, () => 1)]);
    for (const path of ["fn/register", "v1/checkpoint/x/async"]) {
      expect((await fetch(`${rig.url}/${path}`, { method: "POST", body: "{}", headers: { authorization: `Bearer ${signingKey}` } })).status, path).toBe(401);
    }
    expect((await fetch(`${rig.url}/v0/runs/x/actions`)).status).toBe(401);
    expect((await fetch(`${rig.url}/_local/runs`)).status).toBe(401);
  });
});

describe("results reported in the middle of a call", () => {
  it("are refused with 409 once the call was given out again or its run has ended", async () => {
    const entered = vi.fn<(job: string) => void>();
    rig = await Rig.start((client) => [client.createFunction({ id: "held", triggers: { event: "go" } }, async ({ step, jobId }) => {
      await step.run("s", () => new Promise(() => entered(String(jobId))));
    })]);
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(() => expect(entered).toHaveBeenCalledOnce());
    const [run] = await rig.until("held", "running");
    const report = async (generation: number): Promise<number> => {
      const body = JSON.stringify({ run_id: run?.id, qi_id: entered.mock.calls[0]?.[0], generation_id: generation, steps: [{ op: "StepRun", id: `step-${generation}`, data: generation }] });
      const headers = { authorization: `Bearer ${hashedSigningKey(signingKey)}` };
      return (await fetch(`${rig.url}/v1/checkpoint/${run?.id}/async`, { method: "POST", body, headers })).status;
    };
    expect([await report(0), await report(2), await report(1)]).toEqual([409, 409, 200]);
    expect((await rig.runs("held"))[0]?.stepsDone).toBe(1);
    await rig.api(`runs/${run?.id}/cancel`, "POST");
    expect(await report(1)).toBe(409);
  });
});

describe("one data folder", () => {
  it("serves one executor at a time", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "go" } }, () => 1)]);
    await expect(startJobs({ dataDir: rig.dataDir, appOrigin: "http://127.0.0.1:1", eventKey, signingKey })).rejects.toThrow(/locked/);
  });

  it("of another version is refused", async () => {
    rig = await Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "go" } }, () => 1)]);
    await rig.stopJobs();
    const store = new Store(rig.dataDir);
    store.run("PRAGMA user_version = 99");
    store.close();
    await expect(rig.startJobs()).rejects.toThrow("version 99");
  });

  it("forgets after seven days what has ended, and nothing that goes on", async () => {
    rig = await Rig.start((client) => [
      client.createFunction({ id: "short", triggers: { event: "go" } }, ({ step }) => step.run("s", () => 1)),
      client.createFunction({ id: "long", triggers: { event: "wait" } }, async ({ step }) => void (await step.sleep("s", "30d"))),
    ]);
    await rig.client.send([{ name: "go", data: {} }, { name: "wait", data: {} }, { id: "same", name: "unheard", data: {} }]);
    await rig.until("short", "completed");
    await vi.waitFor(async () => expect((await rig.runs("long"))[0]?.nextAt).toMatch(/^\d/));
    await rig.stopJobs();
    const store = new Store(rig.dataDir);
    const left = () => ["runs", "events", "steps", "seen"].map((table) => store.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n);
    const day = 86_400_000;
    expect(prune(store, Date.now() + 6 * day)).toBe(false);
    expect(left()).toEqual([2, 3, 2, 0]);
    expect(prune(store, Date.now() + 8 * day)).toBe(false);
    expect(left()).toEqual([1, 1, 1, 0]);
    store.close();
  });
});

describe("kill -9 of the executor", () => {
  it("loses no acknowledged event, no result and no timer", async () => {
    const ran = new Map<number, string>();
    const run = (n: number, name: string): void => void ran.set(n, (ran.get(n) ?? "") + name);
    const stepsRun = (): number => [...ran.values()].join("").length;
    const finished = new Set<number>();
    rig = await Rig.start((client) => [client.createFunction({ id: "work", triggers: { event: "go" } }, async ({ event, step }) => {
      const n = Number(event.data["n"]);
      for (const name of ["a", "b"]) await step.run(name, () => run(n, name));
      await step.sleepUntil("nap", new Date(Number(event.data["until"])));
      await Promise.all(["c", "d"].map((name) => step.run(name, () => run(n, name))));
      finished.add(n);
    })]);
    await rig.stopJobs();
    const port = Number(new URL(rig.url).port);
    const settings = JSON.stringify({ dataDir: rig.dataDir, port, appOrigin: `http://127.0.0.1:${rig.appPort}`, eventKey, signingKey });
    const boot = async (): Promise<ChildProcess> => {
      const child = spawn("node", [fileURLToPath(new URL("executor.main.ts", import.meta.url))], { env: { ...process.env, JOBS: settings, NODE_OPTIONS: "" }, stdio: ["ignore", "pipe", "inherit"] });
      await once(child.stdout as NonNullable<ChildProcess["stdout"]>, "data");
      return child;
    };
    const kill = async (child: ChildProcess): Promise<void> => {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    };

    let sent = 0;
    const until = Date.now() + 4000;
    for (let life = 0; life < 4; life++) {
      const child = await boot();
      const target = stepsRun() + 10;
      for (let i = 0; i < 15; i++) {
        const n = sent++;
        await rig.client.send({ id: `n${n}`, name: "go", data: { n, until } });
      }
      await vi.waitFor(() => expect(stepsRun()).toBeGreaterThanOrEqual(target), { timeout: 6000, interval: 2 });
      await kill(child);
    }
    const child = await boot();
    try {
      await vi.waitFor(() => expect(finished.size).toBe(sent), { timeout: 12_000, interval: 20 });
      await rig.until("work", "completed", sent);
    } finally {
      await kill(child);
    }
    // Every step ran, in order, and none again whose result had been taken: only what was in flight at a kill repeats.
    for (const [n, steps] of ran) expect(steps, `run ${n}`).toMatch(/^a+b+[cd]*(cd|dc)[cd]*$/);
    expect(ran.size).toBe(sent);
  });
});

it("kill -9 of executor and app at random moments: every acknowledged event's run ends, each effect is there once by its key", async () => {
  rig = await Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "go" } }, () => 1)]);
  const world = await World.start();
  try {
    await world.ready();
    const { events, wrong } = await killed(world, 9, 4, 600);
    expect(wrong).toEqual([]);
    expect(events).toBe(36);
  } finally {
    await world.close();
  }
}, 90_000);
