import { refuse } from "../errors.ts";
import { checkDocument, elements } from "../bson/raw.ts";
import { encode, type Writable } from "../bson/write.ts";

// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
export const MAX_MESSAGE_BYTES = 48_000_000;
/** Announced to drivers, which split accordingly: a batch is one commit, and the answers of others wait for it. */
export const MAX_BATCH = 1_000;

/** One request: the command's body and its document sequences, undecoded. */
export interface Request {
  id: number;
  body: Buffer;
  sequences: Map<string, Buffer[]>;
  /** The client wants no answer (writeConcern w: 0). */
  silent: boolean;
  /** The first handshake still comes as OP_QUERY and is answered by OP_REPLY. */
  legacy: boolean;
}

function documentAt(b: Buffer, at: number): Buffer {
  const size = at + 4 <= b.length ? b.readInt32LE(at) : -1;
  if (size < 5 || at + size > b.length) refuse(10, "Invalid BSON: a document is longer than its message.");
  const doc = b.subarray(at, at + size);
  checkDocument(doc);
  return doc;
}

/** Takes one whole message apart. Lengths and documents are checked. */
export function parseMessage(b: Buffer): Request {
  const [id, opcode] = [b.readInt32LE(4), b.readInt32LE(12)];
  if (opcode === OP_QUERY) {
    const body = documentAt(b, b.indexOf(0, 20) + 9);
    return { id, body, sequences: new Map(), silent: false, legacy: true };
  }
  if (opcode !== OP_MSG) refuse(115, `Wire protocol opcode ${opcode} is not supported (compression is not offered).`);
  const flags = b.readUInt32LE(16);
  const end = b.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  const sequences = new Map<string, Buffer[]>();
  let body: Buffer | undefined;
  for (let at = 20; at < end; ) {
    const kind = b[at++];
    if (kind === 0) {
      body = documentAt(b, at);
      at += body.length;
    } else if (kind === 1) {
      const stop = at + (at + 4 <= end ? b.readInt32LE(at) : 0);
      const zero = b.indexOf(0, at + 4);
      if (stop < at + 5 || stop > end || zero < 0 || zero >= stop) refuse(10, "An OP_MSG section is longer than its message.");
      const docs: Buffer[] = [];
      for (let i = zero + 1; i < stop; ) {
        const doc = documentAt(b, i);
        docs.push(doc);
        i += doc.length;
      }
      sequences.set(b.toString("utf8", at + 4, zero), docs);
      at = stop;
    } else refuse(10, `Unknown OP_MSG section kind ${kind}.`);
  }
  if (!body) refuse(10, "OP_MSG without a body.");
  return { id, body, sequences, silent: (flags & MORE_TO_COME) !== 0, legacy: false };
}

/** The documents of an array field of an undecoded body, undecoded (inserts keep the client's bytes). */
export function rawArray(body: Buffer, field: string): Buffer[] | undefined {
  for (const e of elements(body)) {
    if (e.name !== field || e.type !== 0x04) continue;
    return [...elements(body, e.value)].map((x) => {
      if (x.type !== 0x03) refuse(14, `BSON field '${field}' must hold documents.`);
      return body.subarray(x.value, x.end);
    });
  }
  return undefined;
}

let lastId = 0;

/** The bytes of an answer to `request`. */
export function reply(request: Pick<Request, "id" | "legacy">, doc: { [name: string]: Writable | undefined }): Buffer {
  const before = request.legacy ? 36 : 21;
  const b = encode(doc, before);
  b.fill(0, 0, before);
  b.writeInt32LE(b.length, 0);
  b.writeInt32LE((lastId = (lastId + 1) & 0x7fffffff), 4);
  b.writeInt32LE(request.id, 8);
  b.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) b.writeInt32LE(1, 32);
  return b;
}
