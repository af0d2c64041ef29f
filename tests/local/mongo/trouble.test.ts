import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { BSON, type Document } from "mongodb";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { dataFile } from "../../../local/mongo/store/files.ts";
import { type Desk, dice, startDesk } from "./start.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
afterEach(() => void vi.useRealTimers());

const docs = <T extends Document = { _id: string; n: number }>(name = "t") => desk.db.collection<T>(name);
const lists = new Array<Socket>();
afterAll(() => lists.forEach((socket) => socket.destroy()));
function peer(): Socket {
  const socket = connect(join(desk.dataDir, "m.sock"));
  socket.on("error", () => undefined); // The server may end the connection while we write.
  lists.push(socket);
  return socket;
}

/** An OP_MSG with a body and, after it, whatever bytes. */
function message(body: Document, more = Buffer.alloc(0), opcode = 2013): Buffer {
  const bytes = Buffer.concat([Buffer.alloc(21), BSON.serialize({ ...body, $db: "twoway" }), more]);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(1, 4);
  bytes.writeInt32LE(opcode, 12);
  return bytes;
}
async function answerTo(bytes: Buffer): Promise<Document | "closed"> {
  const socket = peer();
  socket.write(bytes);
  const answer = await Promise.race([once(socket, "data").then(([chunk]) => BSON.deserialize((chunk as Buffer).subarray(21))), once(socket, "close").then(() => "closed" as const)]);
  socket.destroy();
  return answer;
}

test.each<[string, Buffer, Document | "closed"]>([
  ["a length below the header's", Buffer.alloc(64, 1).fill(0, 0, 4), "closed"],
  ["a length above 48 MB", Buffer.from([0, 0, 0, 0x7f, ...Buffer.alloc(60)]), "closed"],
  ["an unknown opcode", message({ ping: 1 }, undefined, 2012), { code: 115 }],
  ["a section that says it is longer", message({ insert: "t" }, Buffer.from([1, 0xff, 0xff, 0, 0, 0x61, 0])), { code: 10 }],
  ["a section of negative length", message({ insert: "t" }, Buffer.from([1, 0xf0, 0xff, 0xff, 0xff, 0x61, 0])), { code: 10 }],
  ["a section without an end of its name", message({ insert: "t" }, Buffer.from([1, 9, 0, 0, 0, 0x61, 0x61, 0x61, 0x61, 0x61])), { code: 10 }],
  ["an unknown kind of section", message({ ping: 1 }, Buffer.from([7])), { code: 10 }],
  ["no body", Buffer.concat([message({ ping: 1 }).subarray(0, 20).fill(21, 0, 1), Buffer.from([1])]), { code: 10 }],
])("a broken frame is refused, others go on: %s", async (_, bytes, expected) => {
  bytes.writeInt32LE(expected === "closed" ? bytes.readInt32LE(0) : bytes.length, 0);
  const answer = await answerTo(bytes);
  expect(answer).toEqual(expected === "closed" ? "closed" : expect.objectContaining({ ok: 0, ...expected }));
  expect(await desk.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
});

test("a thousand frames with random bytes changed: each is answered or its connection ended, and the server stays", { timeout: 60_000 }, async () => {
  const { below } = dice(11);
  const sound = [message({ find: "t", filter: { a: [1, { b: "text" }] }, limit: 3 }), message({ update: "t", updates: [{ q: { a: 1 }, u: { $set: { b: [1] } }, multi: false }] }), message({ aggregate: "t", pipeline: [{ $match: { a: 1 } }, { $group: { _id: "$a" } }], cursor: {} })];
  for (let i = 0; i < 1000; i++) {
    const bytes = Buffer.from(sound[i % 3]!);
    for (let n = 0; n < 1 + below(4); n++) bytes[12 + below(bytes.length - 12)] = below(256);
    bytes.writeInt32LE(bytes.readInt32LE(16) & ~2, 16); // Not "no answer wanted".
    expect(await answerTo(bytes)).toBeDefined();
  }
  expect(await desk.db.command({ ping: 1 })).toMatchObject({ ok: 1 });
});

test("a client that asks and never reads holds little memory and stops nobody", { timeout: 30_000 }, async () => {
  await docs<{ _id: string; filler: string }>("large").insertOne({ _id: "x", filler: "x".repeat(1_000_000) });
  const socket = peer();
  socket.pause();
  const ask = message({ find: "large" });
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 300; i++) socket.write(ask);
  for (let i = 0; i < 50; i++) expect(await docs("large").countDocuments()).toBe(1);
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150); // 300 answers would be 300 MB.
  let bytes = 0;
  socket.on("data", (chunk) => (bytes += chunk.length)).resume();
  await expect.poll(() => bytes, { timeout: 20_000 }).toBeGreaterThan(300_000_000); // Every question is answered once it reads.
});

test("of more than 500 open cursors the one unused for longest is closed", async () => {
  await docs("many").insertMany(Array.from({ length: 10 }, (_, n) => ({ _id: `d${n}`, n })));
  const open = async () => (await desk.db.command({ find: "many", batchSize: 2 })).cursor.id as unknown;
  const first = await open();
  let last: unknown;
  for (let i = 0; i < 500; i++) last = await open();
  await expect(desk.db.command({ getMore: first, collection: "many" })).rejects.toMatchObject({ code: 43 });
  expect((await desk.db.command({ getMore: last, collection: "many" })).cursor.nextBatch).toHaveLength(8);
});

test("a sort, a group or a facet above 100 MB is refused with 292, and its memory is free again", { timeout: 60_000 }, async () => {
  const heavy = docs<{ _id: number; n: number; filler: string }>("heavy");
  for (let i = 0; i < 75; i++) await heavy.insertOne({ _id: i, n: -i, filler: String(i % 10).repeat(1_500_000) });
  for (let round = 0; round < 3; round++) {
    await expect(heavy.find().sort({ n: 1 }).toArray()).rejects.toMatchObject({ code: 292 });
    await expect(heavy.aggregate([{ $group: { _id: null, all: { $push: "$filler" } } }]).toArray()).rejects.toMatchObject({ code: 292 });
    await expect(heavy.aggregate([{ $facet: { all: [{ $sort: { n: 1 } }] } }], { allowDiskUse: true }).toArray()).rejects.toMatchObject({ code: 292 });
  }
  expect((await heavy.find().sort({ n: 1 }).limit(3).toArray()).map((d) => d.n)).toEqual([-74, -73, -72]);
  await expect(heavy.aggregate([{ $limit: 20 }, { $group: { _id: null, all: { $push: "$filler" } } }]).toArray()).rejects.toMatchObject({ code: 10334 });
  await heavy.drop();
});

test("single writes of one tick share a commit: the log holds far fewer commits than writes", async () => {
  const log = `${dataFile(join(desk.dataDir, "mongo"))}-wal`;
  const clients = Array.from({ length: 24 }, () => desk.connect({ maxPoolSize: 1 }));
  await Promise.all(clients.map((client) => client.db().command({ ping: 1 })));
  await desk.restart();
  await Promise.all(clients.map((client) => client.db().command({ ping: 1 }).catch(() => client.db().command({ ping: 1 }))));
  await Promise.all(clients.map(async (client, lane) => {
    for (let i = 0; i < 20; i++) await client.db().collection<{ _id: string }>("group").insertOne({ _id: `${lane}-${i}` });
  }));
  // https://www.sqlite.org/fileformat2.html#the_write_ahead_log: a frame whose second word isn't 0 ends a commit.
  const bytes = readFileSync(log);
  let commits = 0;
  for (let at = 32; at + 24 <= bytes.length; at += 24 + 4096) if (bytes.readUInt32BE(at + 4) !== 0) commits++;
  expect(commits).toBeGreaterThan(10);
  expect(commits).toBeLessThan(480 / 4);
});

test("a killed client's transaction ends at once", async () => {
  const code = `
    const { MongoClient } = await import("mongodb");
    const client = new MongoClient(process.argv[1]);
    const session = client.startSession();
    session.startTransaction();
    await client.db().collection("t").insertOne({ _id: "lost" }, { session });
    console.log("open");`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code, desk.uri], { cwd: join(import.meta.dirname, "../../.."), stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await once(child, "close");
  const from = performance.now();
  await docs().insertOne({ _id: "next", n: 1 });
  expect(performance.now() - from).toBeLessThan(1500);
  expect(await docs().findOne({ _id: "lost" })).toBeNull();
});

test("the clock may jump by a day, either way: transactions, cursors and sessions go on", async () => {
  await docs("clock").insertMany(Array.from({ length: 10 }, (_, n) => ({ _id: `d${n}`, n })));
  for (const jump of [86_400_000, -86_400_000]) {
    const session = desk.client.startSession();
    session.startTransaction();
    await docs("clock").updateOne({ _id: "d1" }, { $inc: { n: 1 } }, { session });
    const cursor = await desk.db.command({ find: "clock", batchSize: 2 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + jump });
    await desk.db.command({ ping: 1 });
    expect((await desk.db.command({ getMore: cursor.cursor.id, collection: "clock", maxTimeMS: 5000 })).cursor.nextBatch).toHaveLength(8);
    await session.commitTransaction();
    await session.endSession();
    vi.useRealTimers();
  }
  expect(await docs("clock").findOne({ _id: "d1" })).toMatchObject({ n: 3 });
});

test("others read and write while an index is built and a retryable write looks through everything; both are right in the end", { timeout: 60_000 }, async () => {
  const big = docs<{ _id: number; n: number; s: string; tags?: string[] }>("big");
  for (let i = 0; i < 8; i++) await big.insertMany(Array.from({ length: 1000 }, (_, j) => ({ _id: i * 1000 + j, n: j, s: "x".repeat(300) })));
  const slow = { $expr: { $eq: [{ $strLenCP: { $concat: Array(40).fill("$s") } }, 1] } };
  let working = true;
  const work = Promise.all([big.createIndex({ n: 1, tags: 1 }), big.updateOne(slow, { $inc: { n: 1 } })]).finally(() => (working = false));
  let writes = 0;
  while (working && writes < 3000) {
    const _id = (writes++ * 37) % 8000;
    if (writes % 3 === 0) await big.deleteOne({ _id });
    else if (writes % 3 === 1) await big.updateOne({ _id }, { $inc: { n: 5 }, $set: { tags: ["a", "b"] } });
    else await big.insertOne({ _id: 10_000 + writes, n: writes, s: "new" });
  }
  await work;
  expect(writes).toBeGreaterThan(10);
  const ids = async (hint: Document) => (await big.find({ n: { $gte: -1 } }, { hint, projection: { _id: 1 } }).toArray()).map((d) => d._id).toSorted((a, b) => a - b);
  expect(await ids({ n: 1, tags: 1 })).toEqual(await ids({ $natural: 1 }));
});
