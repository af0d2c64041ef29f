import { mkdtempSync, openSync, closeSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { MongoServerError } from "mongodb";
import { afterAll, expect, test } from "vitest";
import { startMongo } from "../../../local/mongo/server.ts";
import { dataFile, integrityOf } from "../../../local/mongo/store/files.ts";
import { type Desk, startDesk } from "./start.ts";

const desks: Desk[] = [];
afterAll(() => Promise.all(desks.map((desk) => desk.stop())));
async function deskOf(options: Parameters<typeof startDesk>[0] = {}): Promise<Desk> {
  const desk = await startDesk(options);
  desks.push(desk);
  return desk;
}
const fileOf = (desk: Desk) => dataFile(join(desk.dataDir, "mongo"));
type Doc = { _id: string; n: number; filler: string };

test("a full disk: the command fails with 14031, what was acknowledged stays, and it works again once there is space", async () => {
  const desk = await deskOf({ mostBytes: 3_000_000 });
  const t = desk.db.collection<Doc>("t");
  await t.createIndex({ n: 1 }, { unique: true });
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  const lane = async (name: number) => {
    for (let i = 0; i < 200 && failures.length < 12; i++) {
      const _id = `${name}-${i}`;
      try {
        await t.insertOne({ _id, n: name * 1000 + i, filler: "x".repeat(8000) });
        acknowledged.push(_id);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all([1, 2, 3, 4].map(lane));
  expect(failures.length).toBeGreaterThan(0);
  for (const failure of failures) expect(failure).toMatchObject({ code: 14031, message: expect.stringContaining("disk is full") });
  const session = desk.client.startSession();
  const whole = session.withTransaction(async () => {
    for (let i = 0; i < 50; i++) await t.insertOne({ _id: `tx${i}`, n: -i - 1, filler: "x".repeat(8000) }, { session });
  });
  await expect(whole).rejects.toMatchObject({ code: 14031 });
  await session.endSession();
  const ids = async (hint: string | { $natural: 1 }) => (await t.find({}, { hint, projection: { _id: 1 } }).toArray()).map((d) => d._id).toSorted();
  expect(await ids({ $natural: 1 })).toEqual(acknowledged.toSorted());
  expect(await ids("n_1")).toEqual(acknowledged.toSorted());
  await t.deleteMany({ n: { $lt: 3000 } });
  await t.insertOne({ _id: "again", n: 0, filler: "x".repeat(8000) });
  await desk.restart();
  expect(await ids("n_1")).toEqual([...acknowledged.filter((id) => id >= "3"), "again"].toSorted());
  expect(integrityOf(fileOf(desk))).toBeNull();
});

test("no space at the start: one sentence", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "mongo-"));
  await expect(startMongo({ dataDir, socket: join(dataDir, "m.sock"), mostBytes: 8192 })).rejects.toThrow(/^The database file .+data\.sqlite can't be opened: the disk is full\.$/);
  rmSync(dataDir, { recursive: true });
});

function spoil(file: string): void {
  const pages = Math.floor(statSync(file).size / 4096);
  const fd = openSync(file, "r+");
  for (let page = Math.floor(pages / 3); page < (pages * 2) / 3; page++) writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
  closeSync(fd);
}

test("a file that is damaged while the server runs: a read says so, nothing is written any more, and the next start refuses it untouched", async () => {
  const desk = await startDesk();
  const t = desk.db.collection<Doc>("t");
  await t.insertMany(Array.from({ length: 900 }, (_, n) => ({ _id: `d${n}`, n, filler: "x".repeat(3000) })));
  await desk.restart(); // Everything is in the main file, and nothing in the cache.
  await t.findOne({ _id: "d1" });
  spoil(fileOf(desk));
  const told = { code: 8, message: expect.stringMatching(/^The database file .+data\.sqlite is damaged \(.+\): stop the desk and restore a backup/) };
  await expect(t.find({ n: -1 }).toArray()).rejects.toMatchObject(told);
  await expect(t.insertOne({ _id: "more", n: 5000, filler: "" })).rejects.toMatchObject(told);
  const session = desk.client.startSession();
  await expect(session.withTransaction(() => t.insertOne({ _id: "more", n: 5000, filler: "" }, { session }))).rejects.toBeInstanceOf(MongoServerError);
  await session.endSession();
  let before = Buffer.alloc(0);
  await expect(desk.restart(() => (before = readFileSync(fileOf(desk))))).rejects.toThrow(/is damaged \(.+\): stop the desk and restore a backup with npm run restore; the file was left as it is\.$/);
  expect(readFileSync(fileOf(desk)).equals(before)).toBe(true);
  await desk.client.close();
  rmSync(desk.dataDir, { recursive: true });
});

test("space comes back after deletions while others read, and the log stays small", { timeout: 30_000 }, async () => {
  const desk = await deskOf({ ttlEveryMs: 50 });
  const t = desk.db.collection<Doc>("t");
  let log = 0;
  for (let i = 0; i < 20; i++) {
    await t.insertMany(Array.from({ length: 250 }, (_, j) => ({ _id: `d${i * 250 + j}`, n: i * 250 + j, filler: "x".repeat(8000) })));
    log = Math.max(log, statSync(`${fileOf(desk)}-wal`).size);
  }
  expect(log).toBeLessThan(20_000_000);
  await desk.restart();
  const full = statSync(fileOf(desk)).size;
  await t.deleteMany({ n: { $gte: 100 } });
  const free = () => {
    const file = new DatabaseSync(fileOf(desk), { readOnly: true });
    const { freelist_count } = file.prepare("PRAGMA freelist_count").get() as { freelist_count: number };
    file.close();
    return freelist_count;
  };
  await expect.poll(free, { timeout: 20_000 }).toBe(0);
  await desk.restart();
  expect(statSync(fileOf(desk)).size).toBeLessThan(full / 10);
  expect(await t.countDocuments()).toBe(100);
});

test("an index whose build a kill cut off is gone at the next start and can be made again", async () => {
  const desk = await deskOf();
  const t = desk.db.collection<{ _id: string; n: number }>("t");
  await t.insertOne({ _id: "a", n: 1 });
  await t.createIndex({ n: 1 });
  await desk.restart(() => {
    const file = new DatabaseSync(fileOf(desk));
    file.exec("UPDATE indexes SET building = 1");
    file.close();
  });
  expect((await t.indexes()).map((index) => index.name)).toEqual(["_id_"]);
  await t.createIndex({ n: 1 }, { unique: true });
  expect(await t.find({ n: 1 }, { hint: "n_1" }).toArray()).toHaveLength(1);
});

test("a file of the former format is taken over", async () => {
  const desk = await deskOf();
  await desk.db.collection("t").insertOne({ _id: "old" as never, n: 1 });
  await desk.db.collection("t").createIndex({ n: 1 });
  await desk.restart(() => {
    const file = new DatabaseSync(fileOf(desk));
    file.exec("PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = NONE; VACUUM; ALTER TABLE indexes DROP COLUMN building; PRAGMA user_version = 1");
    file.close();
  });
  expect(await desk.db.collection("t").find({ n: 1 }, { hint: "n_1" }).toArray()).toEqual([{ _id: "old", n: 1 }]);
  const file = new DatabaseSync(fileOf(desk), { readOnly: true });
  expect([file.prepare("PRAGMA auto_vacuum").get(), file.prepare("PRAGMA user_version").get()]).toEqual([{ auto_vacuum: 2 }, { user_version: 2 }]);
  file.close();
});
