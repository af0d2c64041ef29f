import { refuse } from "../errors.ts";
import { isInt32 } from "./numbers.ts";
import { Bin, type Doc, Double, Edge, Oid, Regex, Stamp, type Value } from "./value.ts";

/** Names of the top-level fields to decode, found by hash so that other fields cost no string. */
export class Fields {
  readonly names: ReadonlySet<string>;
  readonly #byHash = new Map<number, string>();
  readonly #collides: boolean;
  constructor(names: Iterable<string>) {
    this.names = new Set(names);
    for (const name of this.names) this.#byHash.set(hashOf(Buffer.from(name)), name);
    this.#collides = this.#byHash.size !== this.names.size;
  }
  find(hash: number, b: Buffer, from: number, to: number): string | undefined {
    if (this.#collides) {
      const name = b.toString("utf8", from, to);
      return this.names.has(name) ? name : undefined;
    }
    const name = this.#byHash.get(hash);
    return name !== undefined && b.toString("utf8", from, to) === name ? name : undefined;
  }
}

function hashOf(b: Buffer): number {
  let h = 0;
  for (const byte of b) h = (Math.imul(h, 31) + byte) | 0;
  return h;
}

/** Bytes taken by a value of `type` at `at`. */
export function sizeOf(b: Buffer, type: number, at: number): number {
  switch (type) {
    case 0x01: case 0x09: case 0x11: case 0x12:
      return 8;
    case 0x02:
      return 4 + b.readInt32LE(at);
    case 0x03: case 0x04:
      return b.readInt32LE(at);
    case 0x05:
      return 5 + b.readInt32LE(at);
    case 0x07:
      return 12;
    case 0x08:
      return 1;
    case 0x0a: case 0xff: case 0x7f:
      return 0;
    case 0x10:
      return 4;
    case 0x0b:
      return b.indexOf(0, b.indexOf(0, at) + 1) + 1 - at;
  }
  const unsupported: Record<number, string> = { 0x06: "undefined", 0x0c: "DBPointer", 0x0d: "JavaScript code", 0x0e: "symbol", 0x0f: "JavaScript code with scope", 0x13: "Decimal128" };
  return refuse(unsupported[type] ? 115 : 10, `BSON type ${unsupported[type] ?? `0x${type.toString(16)}`} is not supported by the local database.`);
}

/** Decodes one value. Buffers are copied, so that nothing keeps a socket's chunk alive. */
export function readValue(b: Buffer, type: number, at: number): Value {
  switch (type) {
    case 0x01: {
      const n = b.readDoubleLE(at);
      return isInt32(n) ? new Double(n) : n;
    }
    case 0x02:
      return b.toString("utf8", at + 4, at + 3 + b.readInt32LE(at));
    case 0x03:
      return readDoc(b, at);
    case 0x04:
      return readArray(b, at);
    case 0x05:
      return new Bin(b[at + 4]!, Buffer.from(b.subarray(at + 5, at + 5 + b.readInt32LE(at))));
    case 0x07:
      return new Oid(Buffer.from(b.subarray(at, at + 12)));
    case 0x08:
      return b[at] === 1;
    case 0x09:
      return new Date(b.readInt32LE(at + 4) * 4294967296 + b.readUInt32LE(at));
    case 0x0a:
      return null;
    case 0x0b: {
      const end = b.indexOf(0, at);
      return new Regex(b.toString("utf8", at, end), b.toString("latin1", end + 1, b.indexOf(0, end + 1)));
    }
    case 0x10:
      return b.readInt32LE(at);
    case 0x11:
      return new Stamp(b.readBigUInt64LE(at));
    case 0x12:
      return b.readBigInt64LE(at);
    case 0xff:
      return new Edge(-1);
    case 0x7f:
      return new Edge(1);
  }
  sizeOf(b, type, at);
  return null;
}

/** Decodes a document; with `only`, just those top-level fields (the rest is skipped by its length). */
export function readDoc(b: Buffer, at = 0, only?: Fields): Doc {
  const doc: Doc = new Map();
  let left = only ? only.names.size : -1;
  let i = at + 4;
  for (let type = b[i++]!; type !== 0 && left !== 0; type = b[i++]!) {
    const from = i;
    let hash = 0;
    for (let byte = b[i]!; byte !== 0; byte = b[++i]!) hash = (Math.imul(hash, 31) + byte) | 0;
    const name = only ? only.find(hash, b, from, i) : b.toString("utf8", from, i);
    i++;
    if (name !== undefined) {
      doc.set(name, readValue(b, type, i));
      left--;
    }
    i += sizeOf(b, type, i);
  }
  return doc;
}

function readArray(b: Buffer, at: number): Value[] {
  const out: Value[] = [];
  let i = at + 4;
  for (let type = b[i++]!; type !== 0; type = b[i++]!) {
    i = b.indexOf(0, i) + 1;
    out.push(readValue(b, type, i));
    i += sizeOf(b, type, i);
  }
  return out;
}
