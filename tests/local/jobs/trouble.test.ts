import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { cp, open, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { hashedSigningKey } from "@/local/jobs/keys.ts";
import { Store } from "@/local/jobs/store.ts";
import { eventKey, Rig, signingKey } from "./rig.ts";

let rig: Rig;
afterEach(() => rig.close());

const sdk = { authorization: `Bearer ${hashedSigningKey(signingKey)}` };
const any = () => Rig.start((client) => [client.createFunction({ id: "any", triggers: { event: "go" } }, ({ step }) => step.run("s", () => 1))]);

describe("what is not readable", () => {
  it.each([
    ["POST", "fn/register", "{", 400],
    ["POST", "fn/register", '{"appName":"x"}', 400],
    ["POST", "fn/register", '{"appName":"x","functions":[{"id":""}]}', 400],
    ["POST", "fn/register", '{"appName":"x","functions":[{"id":"f","triggers":"no","steps":{}}]}', 400],
    ["POST", "v1/checkpoint/none/async", "null", 400],
    ["POST", "v1/checkpoint/none/async", '{"qi_id":"1","steps":[]}', 409],
    ["POST", "v1/checkpoint/%E0%A4%A/async", "{}", 400],
    ["POST", "v1/signals", "{}", 501],
    ["POST", `e/${eventKey}`, "[1]", 400],
    ["POST", `e/${eventKey}`, '{"name":"a","data":[]}', 400],
    ["POST", `e/${eventKey}`, '{"name":"a","ts":"yesterday"}', 400],
    ["POST", `e/${eventKey}`, `{"name":"${"n".repeat(300)}"}`, 400],
    ["POST", `e/${eventKey}`, `"${"x".repeat(11_000_000)}"`, 413],
    ["GET", "_local/runs?status=odd", undefined, 400],
    ["DELETE", "_local/runs/x", undefined, 404],
    ["GET", "nothing", undefined, 404],
  ])("%s %s is refused with %s…: %i", async (method, path, body, status) => {
    rig = await any();
    const headers = path.startsWith("_local") ? { authorization: `Bearer ${signingKey}` } : sdk;
    const answer = await fetch(`${rig.url}/${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error: string }).error).toMatch(/\w.*[.!]?/);
    await rig.client.send({ name: "go", data: {} });
    await rig.until("any", "completed");
    expect(rig.said).toEqual([]);
  });

  it("an op that is unknown, or none, fails its run with a sentence, and no other", async () => {
    const entered = vi.fn<(job: string) => void>();
    rig = await Rig.start((client) => [client.createFunction({ id: "held", triggers: { event: "go" } }, ({ step, jobId }) => step.run("s", () => new Promise<void>(() => entered(String(jobId)))))]);
    await rig.client.send([{ name: "go", data: {} }, { name: "go", data: {} }, { name: "go", data: {} }]);
    await vi.waitFor(() => expect(entered).toHaveBeenCalledTimes(3));
    const runs = await rig.until("held", "running", 3);
    const report = (run: string, job: number, steps: unknown[]) => fetch(`${rig.url}/v1/checkpoint/${run}/async`, { method: "POST", headers: sdk, body: JSON.stringify({ qi_id: entered.mock.calls[job]?.[0], steps }) });
    const jobOf = async (run: string) => {
      const tried = await Promise.all([0, 1, 2].map(async (job) => (await report(run, job, [])).status));
      return tried.indexOf(200);
    };
    const [one, two] = [runs[0]?.id ?? "", runs[1]?.id ?? ""];
    expect((await report(one, await jobOf(one), [{ op: "Teleport", id: "x", displayName: "beam" }])).status).toBe(200);
    expect((await report(two, await jobOf(two), ["no op"])).status).toBe(200);
    const failed = await rig.until("held", "failed", 2);
    expect(failed.map(({ error }) => error?.message).sort()).toEqual([expect.stringContaining("not readable"), expect.stringContaining('"beam" is a Teleport')].sort((a, b) => String(a).localeCompare(String(b))));
    expect(await rig.until("held", "running")).toHaveLength(1);
  });
});

describe("signatures", () => {
  it("the app refuses a call that is unsigned, signed with another key, old, or changed on the way", async () => {
    const ran = vi.fn();
    rig = await Rig.start((client) => [client.createFunction({ id: "secret", triggers: { event: "go" } }, ran)]);
    const body = '{"ctx":{"attempt":0,"run_id":"x","stack":{"current":0,"stack":[]}},"event":{"data":{},"name":"go"},"events":[{"data":{},"name":"go"}],"steps":{},"version":-1}';
    const signed = (key: string, seconds: number, text = body) => `t=${seconds}&s=${createHmac("sha256", key.replace("signkey-prod-", "")).update(text).update(String(seconds)).digest("hex")}`;
    const now = Math.floor(Date.now() / 1000);
    const call = async (signature: string | undefined) => (await fetch(`http://127.0.0.1:${rig.appPort}/api/inngest?fnId=desk-secret&stepId=step`, { method: "POST", body, headers: { "content-type": "application/json", ...(signature ? { "x-inngest-signature": signature } : {}) } })).status;
    for (const wrong of [undefined, "t=1&s=00", signed(`signkey-prod-${"ab".repeat(32)}`, now), signed(signingKey, now - 3600), signed(signingKey, now, `${body} `)]) expect(await call(wrong), wrong).toBeGreaterThanOrEqual(400);
    expect(ran).not.toHaveBeenCalled();
    expect(await call(signed(signingKey, now))).toBeLessThan(300);
  });
});

describe("a full disk", () => {
  it("is said in a sentence, events are not acknowledged, runs stand still, and all goes on when there is room", async () => {
    rig = await any();
    await rig.client.send({ name: "go", data: { n: 0 } });
    await rig.until("any", "completed");
    await rig.stopJobs();
    await rig.startJobs({ disk: () => 1_500_000 });
    await rig.registered();
    const post = (text: string) => fetch(`${rig.url}/e/${eventKey}`, { method: "POST", body: JSON.stringify({ name: "heap", data: { text } }) });
    for (const size of [200_000, 2000, 10]) {
      let status = 200;
      for (let n = 0; n < 2000 && status === 200; n++) status = (await post("x".repeat(size))).status;
      expect(status).toBe(503);
    }
    expect(await (await post("one more")).json()).toEqual({ error: expect.stringContaining("The disk is full"), status: 503 });
    expect((await rig.health()).functions).toBe(1);
    expect((await rig.api("runs")).status).toBe(200);
    expect(rig.said.filter((sentence) => sentence.includes("disk is full"))).toHaveLength(1);
    await rig.stopJobs();
    await rig.startJobs();
    await rig.client.send({ name: "go", data: { n: 1 } });
    await rig.until("any", "completed", 2);
  }, 30_000);

  it("in the middle of a run: the answer is kept and taken later, the step does not run again", async () => {
    const ran = vi.fn();
    let [room, release] = [1_000_000, (): void => undefined];
    rig = await Rig.start((client) => [client.createFunction({ id: "big", retries: 0, triggers: { event: "go" }, checkpointing: false }, async ({ step }) => {
      await step.run("big", async () => {
        ran();
        await new Promise<void>((done) => (release = done));
        return "x".repeat(1_500_000);
      });
      return "through";
    })], { disk: () => room });
    await rig.client.send({ name: "go", data: {} });
    await vi.waitFor(() => expect(ran).toHaveBeenCalledOnce());
    release();
    await vi.waitFor(() => expect(rig.said).toEqual([expect.stringContaining("disk is full")]));
    expect((await rig.runs("big"))[0]?.status).toBe("running");
    room = 10_000_000;
    expect(await rig.output((await rig.until("big", "completed"))[0])).toBe("through");
    expect(ran).toHaveBeenCalledOnce();
  });
});

describe("a file that cannot be read", () => {
  const main = (dataRoot: string) => {
    const env = { ...process.env, NODE_OPTIONS: "", TWOWAY_DATA: dataRoot, TWOWAY_LOCAL: "jobs", INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey };
    const { status, stderr, stdout } = spawnSync("node", [fileURLToPath(new URL("../../../local/main.ts", import.meta.url))], { env, encoding: "utf8", timeout: 10_000 });
    return { status, stderr, stdout };
  };

  it("of a newer version, a damaged one and one that is none end the start with a sentence and code 4, and are left as they are", async () => {
    rig = await any();
    for (let n = 0; n < 40; n++) await rig.client.send({ name: "heap", data: { text: "x".repeat(20_000) } });
    await rig.stopJobs();
    const file = join(rig.dataDir, "jobs", "jobs.sqlite");
    await cp(join(rig.dataDir, "jobs.sqlite"), file);
    const store = new Store(join(rig.dataDir, "jobs"));
    store.run("PRAGMA user_version = 99");
    store.close();
    expect(main(rig.dataDir)).toEqual({ status: 4, stdout: "", stderr: expect.stringMatching(/^jobs could not start: The jobs file has version 99; .*newer program.*\n$/) });
    const handle = await open(file, "r+");
    for (let page = 5; page < 60; page++) await handle.write(Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    await handle.close();
    expect(main(rig.dataDir)).toEqual({ status: 4, stdout: "", stderr: expect.stringMatching(/^jobs could not start: The jobs file is damaged .*backup\.\n$/) });
    await truncate(file, 0);
    await writeFile(file, "this is no database, whatever its name says".repeat(100));
    expect(main(rig.dataDir)).toEqual({ status: 4, stdout: "", stderr: expect.stringMatching(/damaged \(file is not a database\).*backup\.\n$/) });
  }, 30_000);
});
