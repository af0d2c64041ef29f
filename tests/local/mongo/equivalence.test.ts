import { Binary, Double, type Document, Int32, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Desk, dice, startDesk } from "./start.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

const seed = 20_261_125;
const { below, pick, next } = dice(seed);
const words = ["the", "printer", "is", "on", "fire", "again", "é", "zebra\u0000x", ""];
const ids = Array.from({ length: 6 }, (_, i) => new ObjectId(String(i).repeat(24)));

function scalar(): unknown {
  switch (below(14)) {
    case 0: return null;
    case 1: case 2: case 3: return new Int32(below(5));
    case 4: return new Double(below(5));
    case 5: return new Double(below(10) / 2);
    case 6: return Long.fromNumber(below(5));
    case 7: case 8: return pick(words);
    case 9: return new Date(below(4) * 1000);
    case 10: return next() < 0.5;
    case 11: return pick(ids);
    case 12: return new Binary(Buffer.from(pick(words)), below(2));
    default: return pick([NaN, Infinity, -Infinity, Long.fromString("9007199254740993"), 9007199254740992, -0]);
  }
}

function value(depth = 0): unknown {
  const r = below(10);
  if (r === 0) return Array.from({ length: below(4) }, () => (depth < 1 ? value(depth + 1) : scalar()));
  if (r === 1) return { x: scalar(), ...(next() < 0.3 ? { y: scalar() } : {}) };
  return scalar();
}

function randomDocument(i: number): Document {
  const doc: Document = { _id: pick([i, `s${i}`, new ObjectId(i.toString(16).padStart(24, "0"))]), n: below(40), t: [...new Set(Array.from({ length: below(5) }, () => pick(words)))] };
  for (const name of ["a", "b", "c"]) if (next() < 0.85) doc[name] = value();
  if (next() < 0.7) doc.o = next() < 0.2 ? [{ x: scalar() }, { x: scalar() }] : { x: scalar() };
  if (next() < 0.7) doc.items = Array.from({ length: below(3) }, () => ({ k: below(4), v: below(4) }));
  return doc;
}

function fieldCondition(name: string): unknown {
  const v = () => (name === "t" ? pick(words) : name === "n" ? below(40) : value());
  switch (below(14)) {
    case 0: case 1: case 2: return v();
    case 3: return { $in: Array.from({ length: below(4) }, v) };
    case 4: return { $gt: v() };
    case 5: return { $gte: v(), $lt: v() };
    case 6: return { $lte: v() };
    case 7: return { $ne: v() };
    case 8: return { $nin: [v(), v()] };
    case 9: return { $exists: next() < 0.5 };
    case 10: return { $all: Array.from({ length: 1 + below(2) }, v) };
    case 11: return { $type: pick(["string", "number", "array", "null", "date"]) };
    case 12: return { $not: { $gt: v() } };
    default: return pick<unknown>([/^p/, /^fi/, /e$/, { $elemMatch: { $gte: v() } }, { $size: below(3) }]);
  }
}

const names = ["a", "b", "c", "n", "t", "o.x", "items.k", "items.v", "_id"];

function filter(depth = 0): Document {
  const out: Document = {};
  for (let i = 1 + below(3); i > 0; i--) {
    const r = below(12);
    if (r === 0 && depth < 2) out.$or = Array.from({ length: 1 + below(3) }, () => filter(depth + 1));
    else if (r === 1 && depth < 2) out.$and = [filter(depth + 1), filter(depth + 1)];
    else if (r === 2 && depth < 2) out.$nor = [filter(depth + 1)];
    else {
      const name = pick(names);
      out[name] = name === "_id" ? pick<unknown>([{ $gt: below(300) }, { $in: [1, 2, "s3", 4, "s5"] }, { $lt: "s2" }]) : fieldCondition(name);
    }
  }
  return out;
}

const sorts: Document[] = [{}, { _id: 1 }, { n: -1, _id: -1 }, { n: 1, _id: 1 }, { a: 1, _id: 1 }, { a: -1, b: 1, _id: 1 }, { b: 1, _id: 1 }, { "o.x": 1, n: 1, _id: 1 }, { c: 1, n: -1, _id: -1 }, { t: 1, _id: 1 }, { "items.k": -1, _id: 1 }];
const indexes = [
  { key: { a: 1 } }, { key: { b: -1, a: 1 } }, { key: { a: 1, b: 1, _id: 1 } }, { key: { t: 1, n: -1 } }, { key: { t: 1, n: -1, _id: -1 } }, { key: { n: -1, _id: -1 } }, { key: { "o.x": 1, n: 1, _id: 1 } },
  { key: { c: 1, n: -1, _id: -1 } }, { key: { n: 1, _id: 1 }, name: "partial_in", partialFilterExpression: { a: { $in: [1, 2] } } }, { key: { b: 1, n: -1, _id: -1 }, partialFilterExpression: { c: { $type: "string" } } },
  { key: { c: 1 }, name: "partial_gt", partialFilterExpression: { n: { $gt: 20 } } }, { key: { b: 1 }, name: "partial_exists", partialFilterExpression: { a: { $exists: true } } },
] as const;
const safeForParallel = (doc: Document) => !(Array.isArray(doc.a) && Array.isArray(doc.b)) && !(Array.isArray(doc.c) && Array.isArray(doc._id));

async function load(many: number) {
  const docs = Array.from({ length: many }, (_, i) => randomDocument(i)).filter(safeForParallel);
  for (const name of ["plain", "indexed"]) {
    await desk.db.collection(name).drop();
    if (name === "indexed") await desk.db.collection(name).createIndexes(indexes.map((index) => ({ name: Object.keys(index.key).join("_") + JSON.stringify(index.key).length, ...index })) as never);
    await desk.db.collection(name).insertMany(docs as never);
  }
  return docs;
}

const show = (list: Document[]) => list.map((doc) => String(doc._id));

describe("an index never changes an answer", () => {
  test("thousands of random queries: indexed = scanned, set and order", { timeout: 60_000 }, async () => {
    await load(220);
    for (let i = 0; i < 2000; i++) {
      const query = filter();
      const sort = pick(sorts);
      const limit = pick([0, 0, 1, 7, 50]);
      const skip = pick([0, 0, 0, 3]);
      const ordered = Object.keys(sort).length > 0;
      const [scanned, found] = await Promise.all(
        ["plain", "indexed"].map((name) => desk.db.collection(name).find(query, { ...(ordered ? { sort, limit, skip } : {}), batchSize: pick([20, 1000, 1000]), projection: { _id: 1 } }).toArray()),
      );
      const [a, b] = [show(scanned!), show(found!)];
      const what = `query ${i} (seed ${seed}): ${JSON.stringify(query)} sort ${JSON.stringify(sort)} limit ${limit} skip ${skip}`;
      if (ordered) expect(b, what).toEqual(a);
      else expect(b.toSorted(), what).toEqual(a.toSorted());
      if (i % 5 === 0) expect(await desk.db.collection("indexed").countDocuments(query), what).toBe(await desk.db.collection("plain").countDocuments(query));
    }
  });

  test("the same after random updates and deletes", { timeout: 60_000 }, async () => {
    await load(150);
    for (let i = 0; i < 300; i++) {
      const query = filter();
      const single = { ...query, n: below(40) };
      const change = pick<Document>([{ $set: { n: below(40) } }, { $inc: { n: 1 } }, { $set: { c: pick(words) } }, { $unset: { b: 1 } }, { $set: { a: scalar() } }, { $set: { items: [{ k: below(4), v: 1 }] } }, { $addToSet: { t: pick(words) } }, { $pull: { t: pick(words) } }]);
      for (const name of ["plain", "indexed"]) {
        if (i % 10 === 9) await desk.db.collection(name).deleteMany(single);
        else await desk.db.collection(name).updateMany(single, change);
      }
    }
    const all = async (name: string) => (await desk.db.collection(name).find({}, { sort: { _id: 1 }, promoteValues: false }).toArray()).map((doc) => JSON.stringify(doc));
    expect(await all("indexed")).toEqual(await all("plain"));
    for (const { key } of indexes.filter((index) => !("partialFilterExpression" in index))) {
      const through = await desk.db.collection("indexed").find({}, { hint: Object.keys(key).join("_") + JSON.stringify(key).length, projection: { _id: 1 } }).toArray();
      expect(show(through).toSorted(), JSON.stringify(key)).toEqual(show(await desk.db.collection("plain").find({}, { projection: { _id: 1 } }).toArray()).toSorted());
    }
  });
});
