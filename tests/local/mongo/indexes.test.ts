import { join } from "node:path";
import type { Document } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readDoc } from "../../../local/mongo/bson/read.ts";
import { encode, type Writable } from "../../../local/mongo/bson/write.ts";
import { choose, type Plan } from "../../../local/mongo/plan/choose.ts";
import { compileFilter } from "../../../local/mongo/query/filter.ts";
import { parseSort } from "../../../local/mongo/query/sort.ts";
import { Engine } from "../../../local/mongo/store/engine.ts";
import { type Desk, startDesk } from "./start.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ ttlEveryMs: 100 });
});
afterAll(() => desk.stop());
beforeEach(async () => {
  await desk.db.dropDatabase();
});

describe("unique indexes", () => {
  test("fifty writers at once: one gets the name, the others 11000 with key and value", async () => {
    const people = desk.db.collection("people");
    await people.createIndex({ email: 1 }, { unique: true });
    const results = await Promise.allSettled(Array.from({ length: 50 }, (_, i) => people.insertOne({ email: "a@x", i })));
    const failed = results.filter((r) => r.status === "rejected").map((r) => r.reason as Document);
    expect(failed).toHaveLength(49);
    expect(failed[0]).toMatchObject({ code: 11000, keyPattern: { email: 1 }, keyValue: { email: "a@x" } });
    await people.insertOne({ email: "b@x" });
    await expect(people.findOneAndUpdate({ email: "b@x" }, { $set: { email: "a@x" } })).rejects.toMatchObject({ code: 11000, keyValue: { email: "a@x" } });
    await expect(people.updateOne({ email: "b@x" }, { $set: { email: "a@x" } })).rejects.toMatchObject({ code: 11000 });
    expect(await people.countDocuments()).toBe(2);
  });

  test("unique if present, by a partial filter", async () => {
    const t = desk.db.collection("t");
    await t.createIndex({ once: 1 }, { unique: true, partialFilterExpression: { once: { $type: "string" } } });
    await t.insertMany([{ a: 1 }, { a: 2 }, { once: "x" }]);
    await expect(t.insertOne({ once: "x" })).rejects.toMatchObject({ code: 11000 });
  });

  test("an index over duplicates is not made", async () => {
    const t = desk.db.collection("t");
    await t.insertMany([{ a: 1 }, { a: 1 }]);
    await expect(t.createIndex({ a: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
    expect(await t.indexes()).toHaveLength(1);
  });
});

test("a TTL index deletes what is older than its seconds, and nothing else", async () => {
  const t = desk.db.collection<{ _id: number; at?: unknown }>("t");
  await t.createIndex({ at: 1 }, { expireAfterSeconds: 60 });
  await t.insertMany([{ _id: 1, at: new Date(Date.now() - 61_000) }, { _id: 2, at: new Date(Date.now() - 50_000) }, { _id: 3, at: "long ago" }, { _id: 4 }, { _id: 5, at: null }]);
  await expect.poll(async () => (await t.find().sort({ _id: 1 }).toArray()).map((d) => d._id)).toEqual([2, 3, 4, 5]);
});

describe("the plan", () => {
  let engine: Engine;
  const stand = async () => {
    const own = await startDesk();
    const t = own.db.collection("t");
    await t.createIndexes([
      { key: { number: 1 }, name: "number", unique: true },
      { key: { updatedAt: -1, _id: -1 }, name: "updated" },
      { key: { assigneeId: 1, status: 1, updatedAt: -1, _id: -1 }, name: "owner_status_updated" },
      { key: { terms: 1, number: -1 }, name: "terms" },
      { key: { sight: 1, updatedAt: -1, _id: -1 }, name: "sight_updated" },
      { key: { watchers: 1, updatedAt: -1, _id: -1 }, name: "watchers_updated" },
      { key: { level: 1, updatedAt: -1, _id: -1 }, name: "escalated", partialFilterExpression: { level: { $in: ["engineering", "manager"] } } },
    ]);
    await t.insertMany(
      Array.from({ length: 3000 }, (_, i) => ({
        number: i, updatedAt: new Date(i * 1000), assigneeId: `a${i % 7}`, status: ["open", "new", "closed"][i % 3], terms: ["the", `w${i % 50}`, ...(i % 500 === 0 ? ["rare"] : [])], sight: [`q${i % 5}`, "all"], watchers: [`p${i % 3}`], level: i % 9 === 0 ? "manager" : "l1",
      })),
    );
    await own.client.close();
    return own;
  };
  let own: Desk;
  beforeAll(async () => {
    own = await stand();
    // A copy of the running server's file, so that the planner can be asked without the server.
    const { cp } = await import("node:fs/promises");
    const copy = join(own.dataDir, "copy");
    await cp(join(own.dataDir, "mongo"), copy, { recursive: true });
    engine = new Engine(copy, { sync: "NORMAL" });
  });
  afterAll(async () => {
    engine.close();
    await own.stop();
  });

  const plan = (filter: Record<string, Writable>, sort: Record<string, number> = {}, limit = 50): Plan =>
    choose(engine.catalog.get("twoway.t")!, { filter: compileFilter(readDoc(encode(filter))), sort: parseSort(readDoc(encode(sort))), skip: 0, limit, hint: null }, engine.writer);
  const named = (p: Plan) => (p.kind === "index" ? `${p.index.name}${p.sorted ? " in order" : ""}` : p.kind === "union" ? `${p.plans.map((part) => part.index.name).join(" or ")}${p.sorted ? " in order" : ""}` : "scan");
  const newest = { updatedAt: -1, _id: -1 };

  test.each<[string, Record<string, Writable>, Record<string, number>]>([
    ["_id_ in order", { _id: 5 }, newest],
    ["number in order", { number: 5, status: "open" }, {}],
    ["updated in order", {}, newest],
    ["updated in order", { updatedAt: { $lt: new Date(5000) } }, newest],
    ["updated in order", { $or: [{ updatedAt: { $lt: new Date(5000) } }, { updatedAt: new Date(5000), _id: { $lt: "x" } }] }, newest],
    ["owner_status_updated in order", { assigneeId: "a1", status: "open" }, newest],
    ["owner_status_updated in order", { assigneeId: { $in: ["a1", "a2"] }, status: { $in: ["open", "new"] } }, newest],
    ["terms in order", { terms: "w1" }, { number: -1 }],
    ["terms in order", { terms: { $in: ["w1", "w2"] } }, { number: -1 }],
    ["terms in order", { terms: { $all: ["the", "w2"] } }, { number: -1 }],
    ["sight_updated in order", { sight: { $in: ["q1", "q2"] } }, newest],
    ["sight_updated or watchers_updated in order", { $or: [{ sight: "q1" }, { watchers: "p1" }] }, newest],
    ["escalated in order", { level: { $in: ["engineering", "manager"] } }, newest],
    ["updated in order", { level: "l1" }, newest],
    ["terms", { terms: "rare" }, newest],
    ["scan", { status: "open" }, {}],
  ])("%s for %j", (expected, filter, sort) => {
    expect(named(plan(filter, sort))).toBe(expected);
  });

  test("lists of words: right, without duplicates, in order", async () => {
    const t = own.connect().db().collection("t");
    const both = await t.find({ terms: { $in: ["rare", "w0", "the"] } }).sort({ number: -1 }).limit(50).toArray();
    expect(both.map((d) => d.number)).toEqual(Array.from({ length: 50 }, (_, i) => 2999 - i));
    const all = await t.find({ terms: { $all: ["the", "w0", "rare"] } }).sort({ number: -1 }).toArray();
    expect(all.map((d) => d.number)).toEqual([2500, 2000, 1500, 1000, 500, 0]);
    const up = await t.find({ terms: { $all: ["the", "w3"] } }).sort({ number: 1 }).limit(3).toArray();
    expect(up.map((d) => d.number)).toEqual([3, 53, 103]);
  });
});

test("a cursor goes on while documents come, change and go", async () => {
  const t = desk.db.collection<{ _id: number; n: number }>("t");
  await t.createIndex({ n: 1 });
  await t.insertMany(Array.from({ length: 600 }, (_, i) => ({ _id: i, n: i })));
  const seen: number[] = [];
  for await (const doc of t.find({ n: { $gte: 0 } }, { sort: { n: 1 }, batchSize: 50 })) {
    seen.push(doc._id);
    if (seen.length === 100) await t.deleteMany({ n: { $gte: 500 } });
    if (seen.length === 200) await t.insertMany(Array.from({ length: 20 }, (_, i) => ({ _id: 1000 + i, n: i })));
  }
  expect(seen.length).toBeGreaterThanOrEqual(500);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.slice(0, 500)).toEqual(Array.from({ length: 500 }, (_, i) => i));
});
