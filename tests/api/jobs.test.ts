import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { audit } from "@/lib/auth/audit";
import { cancelRun, jobsFor, RunQuery, runsFor } from "@/lib/jobs";
import { Rig, signingKey } from "../local/jobs/rig";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

let rig: Rig;
let admin: Somebody;
let tries = 0;

beforeAll(async () => {
  rig = await Rig.start((client) => [
    client.createFunction({ id: "flaky", retries: 0, triggers: { event: "go" } }, ({ step }) => step.run("try", () => (tries++ === 0 ? Promise.reject(new Error("the first time")) : "well"))),
    client.createFunction({ id: "sleeps", triggers: { event: "go" } }, async ({ step }) => void (await step.sleep("a day", "1d"))),
  ]);
  // The environment is read at first use: the desk must not have begun.
  Object.assign(process.env, { INNGEST_BASE_URL: rig.url, INNGEST_SIGNING_KEY: signingKey });
  await rig.client.send({ name: "go", data: { n: 1 } });
  await rig.until("flaky", "failed");
  await rig.until("sleeps", "running");
});
useDesk();
beforeAll(async () => {
  admin = await an.admin();
});
afterAll(() => rig.close());

const noted = (subjectId: string) => audit().find({ subjectId }, { projection: { _id: 0, act: 1, personId: 1 } }).toArray();
type Item = { id: string; functionId: string; status: string };
const get = async <T>(path: string) => (await as(admin).get(`/api/v1/jobs${path}`)).body as T;
const runs = async (query = "") => (await get<{ items: Item[] }>(`/runs${query}`)).items;

describe("jobs, for an admin", () => {
  test("the failed run comes first, is replayed once however often that is asked, and succeeds", async () => {
    expect((await runs()).map(({ status }) => status)).toEqual(["failed", "running"]);
    const [failed] = await runs("?status=failed");
    expect(await get(`/runs/${failed?.id}`)).toMatchObject({ error: { message: "the first time" }, event: { name: "go", data: { n: 1 } }, steps: [{ name: "try", state: "error", attempts: 1 }] });
    const again = () => as(admin).post(`/api/v1/jobs/runs/${failed?.id}/replays`, {}, { "idempotency-key": "one-replay-0001" });
    const [first, second] = [await again(), await again()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    await vi.waitFor(async () => expect(await runs("?status=completed")).toMatchObject([{ functionId: "desk-flaky", replayOf: failed?.id }]));
    expect(await get(`/runs/${failed?.id}`)).toMatchObject({ replays: [{ status: "completed" }] });
    expect(await get<{ items: unknown[] }>("/events?q=go")).toMatchObject({ items: [{ name: "go", runs: [{}, {}, {}] }] });
  });

  test("a sleeping run can be cancelled once, and not be replayed before; both are on the record", async () => {
    const [asleep] = await runs("?status=running");
    const act = (what: string) => as(admin).post(`/api/v1/jobs/runs/${asleep?.id}/${what}`);
    expect(await act("replays")).toMatchObject({ status: 409, body: { detail: "The run has not ended; cancel it first." } });
    expect(await act("cancellation")).toMatchObject({ status: 200, body: { status: "cancelled" } });
    expect(await act("cancellation")).toMatchObject({ status: 409, body: { detail: "The run has ended." } });
    expect(await noted(asleep?.id ?? "")).toEqual([{ act: "jobs/cancelled", personId: admin.id }]);
  });

  test("numbers and functions", async () => {
    expect(await get("")).toMatchObject({ place: "local", app: "reached", due: { waiting: 0 }, failedInDay: 1 });
    expect(await get<{ items: unknown[] }>("/functions")).toMatchObject({ items: [{ id: "desk-flaky", failedInDay: 1, completedInDay: 1 }, { id: "desk-sleeps" }] });
  });

  test("an unknown run, a wrong filter and a wrong cursor are refused in words", async () => {
    expect((await as(admin).get("/api/v1/jobs/runs/01JNOTTHERE000000000000000")).status).toBe(404);
    expect((await as(admin).get("/api/v1/jobs/runs?status=odd")).status).toBe(400);
    expect((await as(admin).get("/api/v1/jobs/runs/..%2F..%2Fclock")).status).toBe(400);
  });
});

test("nobody but admins reaches them, also by the service", async () => {
  const manager = await a.manager();
  await expect(jobsFor(manager)).rejects.toThrow("Your role does not allow this");
  await expect(runsFor(manager, RunQuery.parse({}))).rejects.toThrow("Your role does not allow this");
  await expect(cancelRun(manager, { id: "01JNOTTHERE000000000000000" })).rejects.toThrow("Your role does not allow this");
});

test("a service that is away is 503 with a sentence", async () => {
  await rig.stopJobs();
  expect(await as(admin).get("/api/v1/jobs")).toMatchObject({ status: 503, body: { detail: expect.stringContaining("does not answer") } });
});

