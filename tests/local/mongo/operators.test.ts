import { Binary, Double, type Document, Int32, Long, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startDatabase } from "./start.ts";

let desk: Awaited<ReturnType<typeof startDatabase>>;
beforeAll(async () => {
  desk = await startDatabase();
});
afterAll(() => desk.stop());

const t = () => desk.db.collection<Document & { _id: number }>("t");
const show = (docs: Document[]) => docs.map((doc) => doc._id as number);

describe("filters find what MongoDB finds", () => {
  const docs = [
    { _id: 1, a: 1, s: "apple", tags: ["x", "y"], o: { b: 1 }, items: [{ k: 1, v: 2 }, { k: 2, v: 9 }] },
    { _id: 2, a: new Double(2), s: "Banana", tags: ["y"], o: { b: null }, items: [{ k: 1, v: 9 }] },
    { _id: 3, a: Long.fromNumber(3), s: "cherry", tags: [], o: {}, items: [] },
    { _id: 4, a: null, s: "date", tags: "x", o: [{ b: 1 }, {}] },
    { _id: 5, s: 7, tags: [["x"]], a: [1, 5] },
    { _id: 6, a: new Date(0), s: new Binary(Buffer.from("q")), o: 3 },
    { _id: 7, a: NaN, s: "apple pie", o: { b: { c: 1 } } },
  ];
  beforeAll(async () => {
    await t().drop();
    await t().insertMany(docs as never);
  });
  test.each<[Document, number[]]>([
    [{ a: 1 }, [1, 5]],
    [{ a: { $gt: 1 } }, [2, 3, 5]],
    [{ a: { $gte: 1, $lt: 3 } }, [1, 2, 5]],
    [{ a: { $lte: 3 } }, [1, 2, 3, 5]],
    [{ a: NaN }, [7]],
    [{ a: null }, [4]],
    [{ a: { $exists: false } }, []],
    [{ o: { $exists: false } }, [5]],
    [{ a: { $ne: 1 } }, [2, 3, 4, 6, 7]],
    [{ a: { $in: [1, null] } }, [1, 4, 5]],
    [{ a: { $nin: [1, null] } }, [2, 3, 6, 7]],
    [{ "o.b": null }, [2, 3, 4, 5, 6]],
    [{ "o.b": 1 }, [1, 4]],
    [{ o: { b: 1 } }, [1, 4]],
    [{ "o.b.c": 1 }, [7]],
    [{ tags: "x" }, [1, 4]],
    [{ tags: ["x", "y"] }, [1]],
    [{ tags: [] }, [3]],
    [{ tags: { $size: 1 } }, [2, 5]],
    [{ tags: { $all: ["x", "y"] } }, [1]],
    [{ "tags.0": "y" }, [2]],
    [{ items: { $elemMatch: { k: 1, v: 9 } } }, [2]],
    [{ "items.k": 1, "items.v": 9 }, [1, 2]],
    [{ a: { $elemMatch: { $gt: 1, $lt: 6 } } }, [5]],
    [{ items: { $all: [{ $elemMatch: { k: 1 } }, { $elemMatch: { v: 9 } }] } }, [1, 2]],
    [{ s: /^app/ }, [1, 7]],
    [{ s: { $regex: "an", $options: "i" } }, [2]],
    [{ s: { $in: [/^b/i, 7] } }, [2, 5]],
    [{ s: { $not: /^a/ } }, [2, 3, 4, 5, 6]],
    [{ a: { $mod: [2, 1] } }, [1, 3, 5]],
    [{ a: { $type: "date" } }, [6]],
    [{ tags: { $type: "array" } }, [1, 2, 3, 5]],
    [{ a: { $type: "number" } }, [1, 2, 3, 5, 7]],
    [{ $or: [{ a: 1 }, { s: "date" }] }, [1, 4, 5]],
    [{ $nor: [{ a: 1 }, { s: "date" }] }, [2, 3, 6, 7]],
    [{ $and: [{ a: { $gt: 0 } }, { tags: "y" }] }, [1, 2]],
    [{ $expr: { $gt: [{ $size: { $ifNull: ["$items", []] } }, 1] } }, [1]],
    [{ $expr: { $eq: ["$s", "date"] } }, [4]],
    [{ a: { $not: { $gt: 1 } } }, [1, 4, 6, 7]],
  ])("%j", async (filter, expected) => {
    expect(show(await t().find(filter).sort({ _id: 1 }).toArray())).toEqual(expected);
  });

  test("sorting mixes types in BSON order, and arrays count by their lowest or highest element", async () => {
    expect(show(await t().find().sort({ a: 1, _id: 1 }).toArray())).toEqual([4, 7, 1, 5, 2, 3, 6]);
    expect(show(await t().find().sort({ a: -1, _id: 1 }).toArray())).toEqual([6, 5, 3, 2, 1, 7, 4]);
  });

  test.each<[Document, Document | null]>([
    [{ a: 1 }, { _id: 1, a: 1 }],
    [{ a: 1, _id: 0 }, { a: 1 }],
    [{ items: 0, o: 0, tags: 0 }, { _id: 1, a: 1, s: "apple" }],
    [{ "o.b": 1, "items.k": 1 }, { _id: 1, o: { b: 1 }, items: [{ k: 1 }, { k: 2 }] }],
    [{ "items.k": 0, s: 0, tags: 0 }, { _id: 1, a: 1, o: { b: 1 }, items: [{ v: 2 }, { v: 9 }] }],
    [{ items: { $slice: -1 }, a: 1 }, { _id: 1, a: 1, items: [{ k: 2, v: 9 }] }],
    [{ items: { $elemMatch: { k: 2 } } }, { _id: 1, items: [{ k: 2, v: 9 }] }],
    [{ n: { $size: "$tags" } }, { _id: 1, n: 2 }],
    [{ _id: 0, s: { $toUpper: "$s" } }, { s: "APPLE" }],
  ])("projection %j", async (projection, expected) => {
    expect(await t().findOne({ _id: 1 }, { projection })).toEqual(expected);
  });
});

describe("updates change what MongoDB changes", () => {
  const base = { _id: 1, n: 1, s: "a", list: [3, 1, 2], items: [{ k: 1, v: 1 }, { k: 2, v: 1 }], o: { x: 1 } };
  beforeEach(async () => {
    await t().drop();
    await t().insertOne(base as never);
  });
  test.each<[Document | Document[], Document, Document?, Document?]>([
    [{ $set: { "o.y": 2, z: 1 } }, { o: { x: 1, y: 2 }, z: 1 }],
    [{ $set: { "list.1": 9, "p.q.r": 1 } }, { list: [3, 9, 2], p: { q: { r: 1 } } }],
    [{ $set: { "list.5": 9 } }, { list: [3, 1, 2, null, null, 9] }],
    [{ $unset: { s: 1, "o.x": 1, "list.0": 1 } }, { s: undefined, o: {}, list: [null, 1, 2] }],
    [{ $inc: { n: 2, m: 5 } }, { n: 3, m: 5 }],
    [{ $mul: { n: 3, m: 5 } }, { n: 3, m: 0 }],
    [{ $min: { n: 0 }, $max: { "o.x": 7, q: 1 } }, { n: 0, o: { x: 7 }, q: 1 }],
    [{ $rename: { s: "title", "o.x": "x" } }, { s: undefined, title: "a", o: {}, x: 1 }],
    [{ $setOnInsert: { q: 1 } }, {}],
    [{ $push: { list: 4, fresh: 1 } }, { list: [3, 1, 2, 4], fresh: [1] }],
    [{ $push: { list: { $each: [9, 8], $position: 1 } } }, { list: [3, 9, 8, 1, 2] }],
    [{ $push: { list: { $each: [0], $sort: -1, $slice: 3 } } }, { list: [3, 2, 1] }],
    [{ $push: { items: { $each: [{ k: 0 }], $sort: { k: 1 }, $slice: -2 } } }, { items: [{ k: 1, v: 1 }, { k: 2, v: 1 }] }],
    [{ $addToSet: { list: { $each: [1, 5] } } }, { list: [3, 1, 2, 5] }],
    [{ $pull: { list: { $gte: 2 } } }, { list: [1] }],
    [{ $pull: { items: { k: 1 } } }, { items: [{ k: 2, v: 1 }] }],
    [{ $pullAll: { list: [1, 2] } }, { list: [3] }],
    [{ $pop: { list: -1 } }, { list: [1, 2] }],
    [{ $set: { "items.$.v": 5 } }, { items: [{ k: 1, v: 1 }, { k: 2, v: 5 }] }, { "items.k": 2 }],
    [{ $set: { "items.$.v": 5 } }, { items: [{ k: 1, v: 1 }, { k: 2, v: 5 }] }, { items: { $elemMatch: { k: 2, v: 1 } } }],
    [{ $inc: { "items.$[].v": 1 } }, { items: [{ k: 1, v: 2 }, { k: 2, v: 2 }] }],
    [{ $set: { "items.$[i].v": 7 } }, { items: [{ k: 1, v: 7 }, { k: 2, v: 1 }] }, {}, { arrayFilters: [{ "i.k": { $lt: 2 } }] }],
    [[{ $set: { total: { $add: ["$n", "$o.x"] }, s: { $concat: ["$s", "!"] } } }, { $unset: "list" }], { total: 2, s: "a!", list: undefined }],
  ])("%j", async (change, expected, filter = {}, options = {}) => {
    const result = await t().updateOne(filter, change, options);
    expect(result.matchedCount).toBe(1);
    const wanted = Object.fromEntries(Object.entries({ ...base, ...expected }).filter(([, v]) => v !== undefined));
    expect(await t().findOne()).toEqual(wanted);
    expect(result.modifiedCount).toBe(JSON.stringify(wanted) === JSON.stringify(base) ? 0 : 1);
  });

  test("numbers keep their kind", async () => {
    await t().insertOne({ _id: 2, i: new Int32(1), l: Long.fromNumber(1), d: new Double(1), big: new Int32(2147483647) } as never);
    await t().updateOne({ _id: 2 }, { $inc: { i: 1, l: 1, d: 1, big: 1 }, $set: { x: 1 } });
    const doc = (await t().findOne({ _id: 2 }, { promoteValues: false })) as Document;
    expect([doc.i, doc.l, doc.d, doc.big].map((v) => (v as { _bsontype: string })._bsontype)).toEqual(["Int32", "Long", "Double", "Long"]);
  });

  test("an upsert starts from the filter's equalities", async () => {
    const made = await t().updateOne({ _id: 9, "o.x": 5, n: { $gt: 3 } }, { $set: { s: "new" }, $setOnInsert: { born: 1 } }, { upsert: true });
    expect(made.upsertedId).toBe(9);
    expect(await t().findOne({ _id: 9 })).toEqual({ _id: 9, o: { x: 5 }, born: 1, s: "new" });
    const other = await t().findOneAndUpdate({ q: 1 } as never, { $inc: { n: 1 } }, { upsert: true, returnDocument: "after" });
    expect(other).toMatchObject({ q: 1, n: 1, _id: expect.any(ObjectId) });
  });

  test("find and modify, replace, delete", async () => {
    await t().insertMany([{ _id: 2, n: 5 }, { _id: 3, n: 4 }] as never);
    expect(await t().findOneAndUpdate({}, { $set: { s: "top" } }, { sort: { n: -1 }, projection: { n: 1 } })).toEqual({ _id: 2, n: 5 });
    expect(await t().findOneAndReplace({ _id: 2 }, { z: 1 }, { returnDocument: "after" })).toEqual({ _id: 2, z: 1 });
    expect(await t().findOneAndDelete({ _id: 3 })).toEqual({ _id: 3, n: 4 });
    expect(await t().findOneAndDelete({ _id: 3 })).toBeNull();
    expect((await t().deleteMany({})).deletedCount).toBe(2);
  });

  test("an unordered bulk goes on after a failure, an ordered one stops", async () => {
    const docs = [{ _id: 2 }, { _id: 1 }, { _id: 3 }];
    const unordered = await t().insertMany(docs, { ordered: false }).catch((e: Document) => e);
    expect(unordered).toMatchObject({ code: 11000, insertedCount: 2 });
    await t().deleteMany({ _id: { $gt: 1 } });
    expect(await t().insertMany(docs).catch((e: Document) => e)).toMatchObject({ insertedCount: 1 });
  });
});

describe("pipelines", () => {
  beforeAll(async () => {
    await t().drop();
    await t().insertMany(Array.from({ length: 12 }, (_, i) => ({ _id: i, k: i % 3, v: i, tags: i % 2 ? ["odd", `t${i}`] : [], at: new Date(Date.UTC(2026, 2, 27 + i, 23, 30)) })) as never);
    await desk.db.collection("kinds").drop();
    await desk.db.collection("kinds").insertMany([{ _id: 0, name: "zero" }, { _id: 1, name: "one" }] as never);
  });
  test.each<[string, Document[], Document[]]>([
    ["group and sort", [{ $group: { _id: "$k", n: { $sum: 1 }, sum: { $sum: "$v" }, avg: { $avg: "$v" }, max: { $max: "$v" }, first: { $first: "$v" } } }, { $sort: { _id: 1 } }, { $limit: 2 }], [{ _id: 0, n: 4, sum: 18, avg: 4.5, max: 9, first: 0 }, { _id: 1, n: 4, sum: 22, avg: 5.5, max: 10, first: 1 }]],
    ["count", [{ $match: { v: { $gte: 6 } } }, { $count: "n" }], [{ n: 6 }]],
    ["unwind", [{ $match: { _id: { $in: [1, 2] } } }, { $unwind: { path: "$tags", preserveNullAndEmptyArrays: true } }, { $project: { tags: 1 } }], [{ _id: 1, tags: "odd" }, { _id: 1, tags: "t1" }, { _id: 2 }]],
    ["lookup", [{ $match: { _id: { $lt: 3 } } }, { $lookup: { from: "kinds", localField: "k", foreignField: "_id", as: "kind" } }, { $project: { name: { $first: "$kind.name" } } }], [{ _id: 0, name: "zero" }, { _id: 1, name: "one" }, { _id: 2 }]],
    ["lookup by pipeline", [{ $match: { _id: 4 } }, { $lookup: { from: "t", let: { k: "$k" }, pipeline: [{ $match: { $expr: { $eq: ["$k", "$$k"] } } }, { $count: "n" }], as: "same" } }, { $project: { same: 1 } }], [{ _id: 4, same: [{ n: 4 }] }]],
    ["facet", [{ $facet: { low: [{ $match: { v: { $lt: 2 } } }, { $project: { v: 1 } }], n: [{ $count: "n" }] } }], [{ low: [{ _id: 0, v: 0 }, { _id: 1, v: 1 }], n: [{ n: 12 }] }]],
    ["bucket", [{ $bucket: { groupBy: "$v", boundaries: [0, 5, 10], default: "more" } }], [{ _id: 0, count: 5 }, { _id: 5, count: 5 }, { _id: "more", count: 2 }]],
    ["sortByCount", [{ $unwind: "$tags" }, { $match: { tags: "odd" } }, { $sortByCount: "$tags" }], [{ _id: "odd", count: 6 }]],
    ["replaceRoot and set", [{ $match: { _id: 1 } }, { $replaceRoot: { newRoot: { a: { v: "$v" } } } }, { $set: { "a.w": { $add: ["$a.v", 1] } } }], [{ a: { v: 1, w: 2 } }]],
    ["unionWith", [{ $match: { _id: 0 } }, { $project: { v: 1 } }, { $unionWith: { coll: "kinds", pipeline: [{ $match: { _id: 1 } }] } }], [{ _id: 0, v: 0 }, { _id: 1, name: "one" }]],
    ["days of a zone over the change of the clocks", [{ $match: { _id: { $lt: 3 } } }, { $project: { day: { $dateTrunc: { date: "$at", unit: "day", timezone: "Europe/Berlin" } }, text: { $dateToString: { date: "$at", format: "%Y-%m-%d %H:%M %G-W%V", timezone: "Europe/Berlin" } } } }], [{ _id: 0, day: new Date("2026-03-27T23:00:00Z"), text: "2026-03-28 00:30 2026-W13" }, { _id: 1, day: new Date("2026-03-28T23:00:00Z"), text: "2026-03-29 00:30 2026-W13" }, { _id: 2, day: new Date("2026-03-29T22:00:00Z"), text: "2026-03-30 01:30 2026-W14" }]],
    ["arrays", [{ $match: { _id: 3 } }, { $project: { _id: 0, f: { $filter: { input: "$tags", cond: { $ne: ["$$this", "odd"] } } }, m: { $map: { input: [1, 2], as: "x", in: { $multiply: ["$$x", "$v"] } } }, r: { $reduce: { input: [1, 2, 3], initialValue: 0, in: { $add: ["$$value", "$$this"] } } }, c: { $cond: [{ $in: ["odd", "$tags"] }, "yes", "no"] } } }], [{ f: ["t3"], m: [3, 6], r: 6, c: "yes" }]],
  ])("%s", async (_, pipeline, expected) => {
    expect(await t().aggregate(pipeline).toArray()).toEqual(expected);
  });

  test("distinct looks into arrays", async () => {
    expect((await t().distinct("tags", { _id: { $lt: 4 } })).toSorted()).toEqual(["odd", "t1", "t3"]);
  });
});
