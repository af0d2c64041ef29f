import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { GridFSBucket, type GridFSBucketOptions, ObjectId } from "mongodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startDatabase } from "./start.ts";

let desk: Awaited<ReturnType<typeof startDatabase>>;
beforeAll(async () => {
  desk = await startDatabase();
});
afterAll(() => desk.stop());
beforeEach(() => desk.db.dropDatabase());

const bucketOf = (options?: GridFSBucketOptions) => new GridFSBucket(desk.db, options);
const sha = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
async function upload(bucket: GridFSBucket, name: string, bytes: Buffer, metadata = {}): Promise<ObjectId> {
  const stream = bucket.openUploadStream(name, { metadata });
  await pipeline(Readable.from(bytes.length > 0 ? [bytes] : []), stream);
  return stream.id;
}
const chunks = () => desk.db.collection("fs.chunks");

describe("GridFS through the official driver", () => {
  test("a file comes back byte for byte, with its length, metadata and the two indexes", async () => {
    const bytes = randomBytes(700_000);
    const id = await upload(bucketOf(), "report.pdf", bytes, { owner: "u1", type: "application/pdf" });
    expect(sha(await buffer(bucketOf().openDownloadStream(id)))).toBe(sha(bytes));
    expect(await bucketOf().find({ _id: id }).toArray()).toMatchObject([{ length: 700_000, chunkSize: 261_120, filename: "report.pdf", metadata: { owner: "u1", type: "application/pdf" } }]);
    expect(await chunks().countDocuments({ files_id: id })).toBe(3);
    expect((await desk.db.collection("fs.files").indexes()).map((index) => index.key)).toEqual([{ _id: 1 }, { filename: 1, uploadDate: 1 }]);
    expect((await chunks().indexes()).at(-1)).toMatchObject({ key: { files_id: 1, n: 1 }, unique: true });
    await expect(chunks().insertOne({ files_id: id, n: 1 })).rejects.toMatchObject({ code: 11000 });
  });

  test("a file of no bytes", async () => {
    const id = await upload(bucketOf(), "empty", Buffer.alloc(0));
    expect(await buffer(bucketOf().openDownloadStream(id))).toHaveLength(0);
    expect(await chunks().countDocuments()).toBe(0);
  });

  test("30 MB", { timeout: 60_000 }, async () => {
    const bytes = randomBytes(30 * 1024 * 1024);
    const id = await upload(bucketOf(), "film", bytes);
    expect(sha(await buffer(bucketOf().openDownloadStream(id)))).toBe(sha(bytes));
  });

  test.each([[0, 1], [0, 1000], [999, 1001], [1000, 2000], [1500, 9999], [4567, 10_000], [9999, 10_000]])("a range from %i to %i", async (start, end) => {
    const bytes = randomBytes(10_000);
    const id = await upload(bucketOf({ chunkSizeBytes: 1000 }), "ranged", bytes);
    expect(await buffer(bucketOf().openDownloadStream(id, { start, end }))).toEqual(bytes.subarray(start, end));
  });

  test("an aborted upload leaves nothing", async () => {
    const stream = bucketOf({ chunkSizeBytes: 1024 }).openUploadStream("half");
    stream.write(randomBytes(10_000));
    await expect.poll(() => chunks().countDocuments()).toBeGreaterThan(0);
    await stream.abort();
    expect([await chunks().countDocuments(), await bucketOf().find().toArray()]).toEqual([0, []]);
  });

  test("rename, revisions by name, delete", async () => {
    const bucket = bucketOf();
    const first = await upload(bucket, "a.txt", Buffer.from("one"));
    const second = await upload(bucket, "b.txt", Buffer.from("two"));
    await bucket.rename(second, "a.txt");
    await desk.db.collection("fs.files").updateOne({ _id: first }, { $set: { uploadDate: new Date(0) } });
    const text = async (revision: number) => (await buffer(bucket.openDownloadStreamByName("a.txt", { revision }))).toString();
    expect([await text(0), await text(1), await text(-1), await text(-2)]).toEqual(["one", "two", "two", "one"]);
    await bucket.delete(first);
    expect(await chunks().countDocuments({ files_id: first })).toBe(0);
    await expect(bucket.delete(first)).rejects.toThrow(/File not found/);
    await expect(buffer(bucket.openDownloadStream(first))).rejects.toThrow(/FileNotFound/);
    await expect(bucket.rename(first, "c.txt")).rejects.toThrow(/not found/);
    expect(await text(0)).toBe("two");
  });

  test("find with a filter, an order, skip and limit", async () => {
    const bucket = bucketOf();
    for (const n of [3, 1, 2]) await upload(bucket, `f${n}`, Buffer.alloc(n), { n });
    expect((await bucket.find({ "metadata.n": { $gt: 1 } }).sort({ "metadata.n": 1 }).toArray()).map((f) => f.filename)).toEqual(["f2", "f3"]);
    expect((await bucket.find({}, { sort: { length: -1 }, skip: 1, limit: 1 }).toArray()).map((f) => f.length)).toEqual([2]);
  });

  test("twelve uploads and downloads at once, in a bucket that did not exist", async () => {
    const bucket = bucketOf({ bucketName: "fresh", chunkSizeBytes: 20_000 });
    await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const bytes = randomBytes(150_000 + i);
        const id = await upload(bucket, `f${i}`, bytes);
        expect(sha(await buffer(bucket.openDownloadStream(id)))).toBe(sha(bytes));
      }),
    );
    expect(await desk.db.collection("fresh.files").countDocuments()).toBe(12);
  });

  test("a slow download goes on while transactions are rolled back, collections come and indexes are built", async () => {
    const bucket = bucketOf({ chunkSizeBytes: 10_000 });
    const bytes = randomBytes(9_000_000);
    const id = await upload(bucket, "long", bytes);
    const stream = bucket.openDownloadStream(id);
    const [head] = (await once(stream.pause(), "readable").then(() => [stream.read() as Buffer])) as [Buffer];
    const session = desk.client.startSession();
    session.startTransaction();
    await desk.db.collection("other").insertOne({ list: [1] }, { session });
    await session.abortTransaction();
    await session.endSession();
    await desk.db.createCollection("later");
    await desk.db.collection("fs.chunks").createIndex({ n: 1 });
    expect(sha(Buffer.concat([head, await buffer(stream)]))).toBe(sha(bytes));
  });
});
