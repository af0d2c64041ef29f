import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as NodeStream } from "node:stream/web";
import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import { AppError, invalid } from "./errors.ts";

/** A file of a multipart body, read while it arrives. The name is as the client sent it. */
export type Arriving = { name: string; bytes: AsyncIterable<Uint8Array> };

const limits = { files: 1, fields: 10, parts: 11, fieldNameSize: 100, fieldSize: 10_000, headerPairs: 50, headerSize: 16_000 };
const malformed = (cause?: unknown) => new AppError("invalid", "The body must be multipart/form-data with one file.", { errors: [{ path: "(body)", message: "must be multipart/form-data with one file" }], cause });

/**
 * Gives the one file of a multipart/form-data body (RFC 7578) to `take` while it arrives; nothing is held but what is
 * on its way. Throws what `take` threw, at once, and 400 for a body that is no such thing or breaks off.
 */
export async function oneFile<T>(request: Request, take: (file: Arriving) => Promise<T>): Promise<T> {
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
  const read = pipeline(body, parser).catch((cause: unknown) => {
    arriving?.destroy(malformed(cause));
    throw malformed(cause);
  });
  try {
    const [value] = await Promise.all([taken, read]);
    return value;
  } finally {
    body.destroy();
  }
}

function parserFor(type: string | null): InstanceType<typeof Busboy> {
  if (!type?.toLowerCase().startsWith("multipart/form-data")) throw malformed();
  try {
    return new Busboy({ headers: { "content-type": type }, limits });
  } catch (cause) {
    throw malformed(cause);
  }
}
