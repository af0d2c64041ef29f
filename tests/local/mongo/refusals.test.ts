import { Decimal128, type Document, Long } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, startDesk } from "./start.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  await desk.db.collection<{ _id: number; s: string; list: number[] }>("t").insertOne({ _id: 1, s: "a", list: [1] });
});
afterAll(() => desk.stop());

describe("what is outside the subset is refused with MongoDB's code, never ignored", () => {
  test.each<[number, Document]>([
    [59, { mapReduce: "t" }],
    [59, { collStats: "t" }],
    [40415, { find: "t", collation: { locale: "de" } }],
    [40415, { find: "t", tailable: true }],
    [40415, { find: "t", showRecordId: true }],
    [40415, { find: "t", noCursorTimeout: true }],
    [72, { find: "t", readConcern: { level: "snapshot" } }],
    [2, { find: "t", sort: { $natural: -1 } }],
    [40415, { create: "x", capped: true }],
    [40415, { create: "x", validator: {} }],
    [40415, { aggregate: "t", pipeline: [], cursor: {}, explain: true }],
    [2, { find: "t", filter: { $where: "true" } }],
    [2, { find: "t", filter: { $text: { $search: "x" } } }],
    [2, { find: "t", filter: { a: { $near: [1, 1] } } }],
    [2, { find: "t", filter: { a: { $in: 1 } } }],
    [2, { find: "t", filter: { $or: [] } }],
    [51091, { find: "t", filter: { a: { $regex: "(" } } }],
    [2, { find: "t", hint: "nothing" }],
    [15975, { find: "t", sort: { a: { $meta: "textScore" } } }],
    [31254, { find: "t", projection: { a: 1, b: 0 } }],
    [168, { aggregate: "t", pipeline: [{ $project: { a: { $function: {} } } }], cursor: {} }],
    [40324, { aggregate: "t", pipeline: [{ $out: "x" }], cursor: {} }],
    [40324, { aggregate: "t", pipeline: [{ $changeStream: {} }], cursor: {} }],
    [15952, { aggregate: "t", pipeline: [{ $group: { _id: 1, a: { $accumulator: {} } } }], cursor: {} }],
    [67, { createIndexes: "t", indexes: [{ key: { a: "text" }, name: "x" }] }],
    [197, { createIndexes: "t", indexes: [{ key: { a: 1 }, name: "x", sparse: true }] }],
    [67, { createIndexes: "t", indexes: [{ key: { a: 1 }, name: "x", partialFilterExpression: { a: { $ne: 1 } } }] }],
    [67, { createIndexes: "t", indexes: [{ key: { a: 1, b: 1 }, name: "x", expireAfterSeconds: 1 }] }],
    [73, { find: "" }],
    [73, { insert: "system.x", documents: [{}] }],
    [43, { getMore: Long.fromNumber(5), collection: "t" }],
    [26, { listIndexes: "nothing" }],
    [100, { insert: "t", documents: [{}], writeConcern: { w: 3 } }],
    [53, { findAndModify: "t", query: { q: 1 }, update: { $set: { _id: [1] } }, upsert: true }],
    [9, { findAndModify: "t", query: {}, update: { $bit: { a: { and: 1 } } } }],
    [14, { findAndModify: "t", query: {}, update: { $inc: { s: 1 } } }],
    [14, { findAndModify: "t", query: {}, update: { $inc: { n: "1" } } }],
    [2, { findAndModify: "t", query: {}, update: { $push: { s: 1 } } }],
    [28, { findAndModify: "t", query: {}, update: { $set: { "s.x": 1 } } }],
    [40, { findAndModify: "t", query: {}, update: { $set: { a: 1, "a.b": 1 } } }],
    [66, { findAndModify: "t", query: {}, update: { $set: { _id: 2 } } }],
    [2, { findAndModify: "t", query: {}, update: { $set: { "list.$": 2 } } }],
    [9, { findAndModify: "t", query: {}, update: { $set: { "list.$[i]": 2 } }, arrayFilters: [{ i: 1 }, { j: 2 }] }],
  ])("code %i: %j", async (code, command) => {
    const error = await desk.db.command(command).catch((e: unknown) => e);
    expect(error).toMatchObject({ code, message: expect.stringMatching(/.{10}/) });
  });

  test("types without rules here are refused, not stored", async () => {
    await expect(desk.db.collection("t").insertOne({ price: Decimal128.fromString("1.5") })).rejects.toThrow("Decimal128 is not supported");
    await expect(desk.db.collection("t").findOne({ nested: { list: [Decimal128.fromString("1")] } })).rejects.toMatchObject({ code: 115 });
  });

  test("an option of a single statement is refused too", async () => {
    await expect(desk.db.collection("t").updateOne({ s: "a" }, { $set: { s: "b" } }, { collation: { locale: "de" } })).rejects.toMatchObject({ code: 40415 });
    expect(await desk.db.collection("t").countDocuments({ s: "a" })).toBe(1);
  });

  test("a document above 16 MB is refused", async () => {
    await desk.db.collection("t").updateOne({ s: "a" }, { $set: { big: "x".repeat(9_000_000) } });
    await expect(desk.db.collection("t").updateOne({ s: "a" }, { $set: { more: "x".repeat(9_000_000) } })).rejects.toMatchObject({ code: 10334 });
  });

  test("arrays in two fields of one index are refused", async () => {
    const c = desk.db.collection("parallel");
    await c.createIndex({ a: 1, b: 1 });
    await expect(c.insertOne({ a: [1], b: [1] })).rejects.toMatchObject({ code: 171 });
    expect(await c.countDocuments()).toBe(0);
  });

  test("in a transaction, what MongoDB forbids there is refused with 263", async () => {
    const session = desk.client.startSession();
    session.startTransaction();
    await expect(desk.db.command({ count: "t" }, { session })).rejects.toMatchObject({ code: 263 });
    await session.abortTransaction();
    await session.endSession();
  });
});

test("a long scan lets point reads through", async () => {
  const big = desk.db.collection<{ _id: number; n: number; s: string }>("big");
  for (let i = 0; i < 8; i++) await big.insertMany(Array.from({ length: 2500 }, (_, j) => ({ _id: i * 2500 + j, n: j, s: "x".repeat(300) })));
  let scanning = true;
  const scan = big.find({ $expr: { $eq: [{ $strLenCP: { $concat: Array(40).fill("$s") } }, 1] } }).toArray().finally(() => (scanning = false));
  let [reads, longest] = [0, 0];
  while (scanning && reads < 500) {
    const from = performance.now();
    await big.findOne({ _id: 5 });
    longest = Math.max(longest, performance.now() - from);
    reads++;
  }
  expect(await scan).toEqual([]);
  expect(reads).toBeGreaterThan(3);
  expect(longest).toBeLessThan(500);
});
