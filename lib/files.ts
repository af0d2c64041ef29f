import { createHash } from "node:crypto";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { hour, second } from "./clock.ts";
import { defineCollection, fileBucket } from "./db.ts";
import { env } from "./env.ts";
import { AppError, invalid } from "./errors.ts";
import { fileLimits, sizeWords } from "./file-size.ts";
import { headBytes, typeOf } from "./file-types.ts";
import type { Id } from "./ids.ts";
import { log } from "./log.ts";

/*
 * The bytes of attachments, in MongoDB's GridFS: one document a file and its content in pieces. Whose a file is and
 * what it hangs on is the business of the room that keeps its record.
 */
const bucketName = "attachments";
/** GridFS' own default. */
const pieceBytes = 255 * 1024;
/** Pieces that are fetched at once: the driver's own reader asks for 16 MB, which five readers feel in the memory of both sides. */
const piecesAtOnce = 4;

defineCollection({
  name: `${bucketName}.files`,
  room: "lib/files.ts",
  schema: z.object({ _id: z.string(), length: z.number().int(), chunkSize: z.number().int(), uploadDate: z.date(), filename: z.string() }),
  indexes: [{ key: { filename: 1, uploadDate: 1 }, name: "filename_1_uploadDate_1" }],
});
const pieces = defineCollection({
  name: `${bucketName}.chunks`,
  room: "lib/files.ts",
  schema: z.object({ _id: z.unknown().describe("ObjectId"), files_id: z.string(), n: z.number().int(), data: z.unknown().describe("binary") }),
  indexes: [{ key: { files_id: 1, n: 1 }, name: "files_id_1_n_1", unique: true }],
});

/** Throws 503 when the disk of the local database is nearly full: what is left of it is for tickets. A database elsewhere is not looked at. */
export async function demandSpace(folder = join(env().TWOWAY_DATA, "mongo")): Promise<void> {
  const disk = await statfs(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null; // no local database
    throw error;
  });
  if (disk === null || disk.bavail * disk.bsize >= fileLimits.leftForTickets) return;
  log("error", `files are refused: the disk of ${folder} has less than ${sizeWords(fileLimits.leftForTickets)} free`);
  throw new AppError("unavailable", "The desk has no room for files at the moment. Please write without them.", { retryAfterSeconds: hour / second });
}

export type StoredBytes = { size: number; type: string; sha256: string };

/**
 * Stores bytes while they arrive, at most a few pieces of them in memory. Throws 413 as soon as they are too many,
 * 400 for none; then, and when the source fails, `removeFile` must follow, for pieces may be there.
 */
export async function storeFile(id: Id, name: string, bytes: AsyncIterable<Uint8Array>): Promise<StoredBytes> {
  const hash = createHash("sha256");
  const head = Buffer.alloc(headBytes);
  let size = 0;
  async function* measured() {
    for await (const chunk of bytes) {
      if (size < headBytes) head.set(chunk.subarray(0, headBytes - size), size);
      size += chunk.byteLength;
      if (size > fileLimits.fileBytes) throw fileTooLarge();
      hash.update(chunk);
      yield chunk;
    }
    if (size === 0) throw invalid("file", "must not be empty");
  }
  // the driver's types want an ObjectId; GridFS itself takes any value as an id
  await pipeline(measured, fileBucket(bucketName).openUploadStreamWithId(id as never, name, { chunkSizeBytes: pieceBytes }));
  return { size, type: typeOf(head.subarray(0, size)), sha256: hash.digest("hex") };
}

export const fileTooLarge = () => new AppError("tooLarge", `A file may have ${sizeWords(fileLimits.fileBytes)} at most.`, { errors: [{ path: "file", message: `may have ${sizeWords(fileLimits.fileBytes)} at most` }] });

/** The bytes from `start` to before `end`, read piece by piece as they are taken. Fails when a piece is not there. */
export const openFile = (id: Id, range: { start: number; end: number }): ReadableStream<Uint8Array> =>
  Readable.toWeb(Readable.from(bytesOf(id, range), { objectMode: false })) as ReadableStream<Uint8Array>;

async function* bytesOf(id: Id, { start, end }: { start: number; end: number }): AsyncGenerator<Uint8Array> {
  let at = start;
  const from = Math.floor(start / pieceBytes);
  for await (const { n, data } of pieces().find({ files_id: id, n: { $gte: from, $lt: Math.ceil(end / pieceBytes) } }).sort({ n: 1 }).batchSize(piecesAtOnce)) {
    if (n !== Math.floor(at / pieceBytes)) break;
    const bytes = (data as { value(): Uint8Array }).value().subarray(at - n * pieceBytes, end - n * pieceBytes);
    yield bytes;
    at += bytes.byteLength;
  }
  if (at < end) throw new Error(`the file ${id} has no byte ${at}`);
}

/** Removes a file and all its pieces, also one whose upload was never finished. Safe to repeat. */
export async function removeFile(id: Id): Promise<void> {
  const bucket = fileBucket(bucketName);
  // the driver clears the pieces in any case, and only then complains that there was no finished file
  await bucket.delete(id as never).catch((error: unknown) => {
    if (!(error instanceof Error && error.message.startsWith("File not found"))) throw error;
  });
}
