import { MongoServerError } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Desk, startDesk } from "./start.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());
beforeEach(async () => {
  await desk.db.dropDatabase();
});

const counters = () => desk.db.collection<{ _id: string; n: number }>("counters");

describe("transactions", () => {
  test("thirty concurrent read-modify-write transactions end at thirty", async () => {
    await counters().insertOne({ _id: "c", n: 0 });
    await Promise.all(
      Array.from({ length: 30 }, () =>
        desk.client.withSession((session) =>
          session.withTransaction(async () => {
            const found = await counters().findOne({ _id: "c" }, { session });
            await counters().updateOne({ _id: "c" }, { $set: { n: found!.n + 1 } }, { session });
          }),
        ),
      ),
    );
    expect(await counters().findOne({ _id: "c" })).toEqual({ _id: "c", n: 30 });
  });

  test("with 32 transactions in flight, eight at a time, single writes beside them are not starved", async () => {
    await counters().insertMany([{ _id: "tx", n: 0 }, { _id: "single", n: 0 }]);
    const lanes = Array.from({ length: 8 }, async () => {
      for (let i = 0; i < 4; i++) {
        await desk.client.withSession((session) =>
          session.withTransaction(async () => {
            const found = await counters().findOne({ _id: "tx" }, { session });
            await counters().updateOne({ _id: "tx" }, { $set: { n: found!.n + 1 } }, { session });
          }),
        );
      }
    });
    let [waited, longest] = [0, 0];
    const singles = (async () => {
      for (let i = 0; i < 40; i++) {
        const from = performance.now();
        await counters().updateOne({ _id: "single" }, { $inc: { n: 1 } });
        waited = performance.now() - from;
        longest = Math.max(longest, waited);
      }
    })();
    await Promise.all([...lanes, singles]);
    expect((await counters().find().sort({ _id: 1 }).toArray()).map((c) => c.n)).toEqual([40, 32]);
    expect(longest).toBeLessThan(2000);
  });

  test("nothing is seen outside before the commit, everything after it, and an abort leaves nothing", async () => {
    const session = desk.client.startSession();
    session.startTransaction();
    await desk.db.collection("fresh").insertOne({ a: 1 }, { session });
    await counters().insertOne({ _id: "x", n: 1 }, { session });
    expect(await desk.db.collection("fresh").countDocuments()).toBe(0);
    expect((await desk.db.listCollections().toArray()).map((c) => c.name)).not.toContain("fresh");
    expect(await counters().findOne({ _id: "x" }, { session })).toEqual({ _id: "x", n: 1 });
    await session.abortTransaction();
    expect(await counters().findOne({ _id: "x" })).toBeNull();
    session.startTransaction();
    await desk.db.collection("fresh").insertOne({ a: 1 }, { session });
    await session.commitTransaction();
    await session.commitTransaction();
    expect(await desk.db.collection("fresh").countDocuments()).toBe(1);
    await session.endSession();
  });

  test("a failed statement ends the transaction, and the next command says so with 251 and its label", async () => {
    await counters().insertOne({ _id: "x", n: 1 });
    const session = desk.client.startSession();
    session.startTransaction();
    await counters().insertOne({ _id: "y", n: 1 }, { session });
    await expect(counters().insertOne({ _id: "x", n: 2 }, { session })).rejects.toMatchObject({ code: 11000 });
    const next = await counters().insertOne({ _id: "z", n: 1 }, { session }).catch((error: unknown) => error);
    expect(next).toMatchObject({ code: 251 });
    expect((next as MongoServerError).hasErrorLabel("TransientTransactionError")).toBe(true);
    await session.abortTransaction();
    await session.endSession();
    expect(await counters().countDocuments()).toBe(1);
  });

  test("who waits too long for the writer gets WriteConflict, marked as transient", async () => {
    const holder = desk.client.startSession();
    holder.startTransaction();
    await counters().insertOne({ _id: "held", n: 1 }, { session: holder });
    const other = desk.client.startSession();
    other.startTransaction();
    const refused = await counters().insertOne({ _id: "late", n: 1 }, { session: other }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 112, codeName: "WriteConflict" });
    expect((refused as MongoServerError).hasErrorLabel("TransientTransactionError")).toBe(true);
    await holder.commitTransaction();
    await other.abortTransaction();
    await Promise.all([holder.endSession(), other.endSession()]);
  });

  test("bulkWrite over several collections is one transaction", async () => {
    await expect(
      desk.client.withSession((session) =>
        session.withTransaction(async () => {
          await desk.client.bulkWrite(
            [
              { namespace: "twoway.counters", name: "insertOne", document: { _id: "a", n: 1 } as never },
              { namespace: "twoway.counters", name: "updateOne", filter: { _id: "a" } as never, update: { $inc: { n: 5 } } },
              { namespace: "twoway.other", name: "insertOne", document: { at: new Date(0) } },
            ],
            { session },
          );
          expect(await counters().findOne({ _id: "a" }, { session })).toMatchObject({ n: 6 });
          throw new Error("changed my mind");
        }),
      ),
    ).rejects.toThrow("changed my mind");
    expect([await counters().countDocuments(), await desk.db.collection("other").countDocuments()]).toEqual([0, 0]);
  });
});

describe("retryable writes", () => {
  test("the same command again is answered from memory, also after a restart", async () => {
    await counters().insertOne({ _id: "r", n: 0 });
    const lsid = { id: crypto.randomUUID().replaceAll("-", "") };
    const { Binary, Long } = await import("mongodb");
    const command = { update: "counters", updates: [{ q: { _id: "r" }, u: { $inc: { n: 1 } } }], lsid: { id: new Binary(Buffer.from(lsid.id, "hex"), 4) }, txnNumber: Long.fromNumber(1) };
    const send = async () => {
      const { connect } = await import("node:net");
      const { BSON } = await import("mongodb");
      const body = BSON.serialize({ ...command, $db: "twoway" });
      const head = Buffer.alloc(21);
      head.writeInt32LE(21 + body.length, 0);
      head.writeInt32LE(1, 4);
      head.writeInt32LE(2013, 12);
      return new Promise<number>((resolve, reject) => {
        const peer = connect(`${desk.dataDir}/m.sock`, () => peer.write(Buffer.concat([head, body])));
        peer.on("error", reject);
        peer.on("data", (chunk) => {
          peer.destroy();
          resolve(BSON.deserialize(chunk.subarray(21)).n as number);
        });
      });
    };
    expect([await send(), await send()]).toEqual([1, 1]);
    await desk.restart();
    expect(await send()).toBe(1);
    expect(await counters().findOne({ _id: "r" })).toEqual({ _id: "r", n: 1 });
  });
});

test("a transaction whose client went away is given up when others wait for the writer", { timeout: 20_000 }, async () => {
  const lost = desk.connect();
  const session = lost.startSession();
  session.startTransaction();
  await lost.db().collection<{ _id: string }>("counters").insertOne({ _id: "lost" }, { session });
  const waiting = counters().insertOne({ _id: "next", n: 1 });
  expect((await waiting).insertedId).toBe("next");
  expect(await counters().findOne({ _id: "lost" })).toBeNull();
  await expect(lost.db().collection<{ _id: string }>("counters").insertOne({ _id: "more" }, { session })).rejects.toMatchObject({ code: 251 });
});
