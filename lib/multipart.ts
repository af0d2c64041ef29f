import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { AppError, invalid } from "./errors.ts";

/** A file of a multipart body, read while it arrives. The name is as the client sent it. */
export type Arriving = { name: string; bytes: AsyncIterable<Uint8Array> };

const limits = { files: 1, fields: 10, parts: 11, fieldNameSize: 100, fieldSize: 10_000, headerPairs: 50, headerSize: 16_000 };
const malformed = (cause?: unknown) => new AppError("invalid", "The body must be multipart/form-data with one file.", { errors: [{ path: "(body)", message: "must be multipart/form-data with one file" }], cause });

/** `bytes`: how long the whole body may be, whatever stands around its file; `tooLarge` is thrown beyond. */
type Most = { bytes: number; tooLarge: () => AppError };

/**
 * Gives the one file of a multipart/form-data body (RFC 7578) to `take` while it arrives; nothing is held but what is
 * on its way. Throws what `take` threw, at once, and 400 for a body that is no such thing or breaks off.
 */
export async function oneFile<T>(request: Request, most: Most, take: (file: Arriving) => Promise<T>): Promise<T> {
  const parser = parserFor(request.headers.get("content-type"));
  const body = Readable.fromWeb(request.body as NodeStream<Uint8Array>);
  let arriving: BusboyFileStream | null = null;
  const taken = new Promise<T>((resolve, reject) => {
    parser.on("file", (_field: string, bytes: BusboyFileStream, name: string | undefined) => {
      arriving = bytes;
      bytes.on("error", () => {}); // whoever reads it is told; after a refusal nobody does
      take({ name: name ?? "", bytes }).then(resolve, reject);
    });
    parser.on("filesLimit", () => reject(invalid("file", "must be one at a time")));
    parser.on("finish", () => arriving ?? reject(invalid("file", "must be given")));
  });
  // a body that breaks off must end the file that is being read, which would wait for ever
  const read = pipeline(body, bounded(most), parser).catch(async (cause: unknown) => {
    const told = cause instanceof AppError ? cause : malformed(cause);
    arriving?.destroy(told);
    if (arriving) await taken.catch(() => {}); // it ends with the same, and nothing is under way any more when we answer
    throw told;
  });
  try {
    const [value] = await Promise.all([taken, read]);
    return value;
  } finally {
    body.destroy();
  }
}

const bounded = ({ bytes, tooLarge }: Most) => async function* (body: AsyncIterable<Uint8Array>) {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > bytes) throw tooLarge();
    yield chunk;
  }
};

function parserFor(type: string | null): InstanceType<typeof Busboy> {
  if (!type?.toLowerCase().startsWith("multipart/form-data")) throw malformed();
  try {
    return new Busboy({ headers: { "content-type": type }, limits });
  } catch (cause) {
    throw malformed(cause);
  }
}
