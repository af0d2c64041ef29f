import { refuse } from "../errors.ts";
import { isInt32 } from "./numbers.ts";
import { Bin, Double, Edge, Oid, Regex, Stamp, type Value } from "./value.ts";

/** A document that is already BSON and goes out as it is. */
export class Raw {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

export type Writable = Value | Raw | Writable[] | { [name: string]: Writable | undefined };

const USUAL_BYTES = 64 * 1024;
let out = Buffer.allocUnsafe(USUAL_BYTES);
let pos = 0;

function room(bytes: number): void {
  if (pos + bytes <= out.length) return;
  const larger = Buffer.allocUnsafe(Math.max(out.length * 2, pos + bytes));
  out.copy(larger, 0, 0, pos);
  out = larger;
}

function name(type: number, text: string): void {
  room(text.length * 3 + 2);
  out[pos++] = type;
  const start = pos;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127 || code === 0) {
      if (text.includes("\0")) refuse(2, "A field name must not contain a null byte.");
      pos = start + out.write(text, start, "utf8");
      break;
    }
    out[pos++] = code;
  }
  out[pos++] = 0;
}

function string(text: string): void {
  room(text.length * 3 + 5);
  const n = out.write(text, pos + 4, "utf8");
  out.writeInt32LE(n + 1, pos);
  pos += n + 5;
  out[pos - 1] = 0;
}

function element(key: string, v: Writable): void {
  switch (typeof v) {
    case "string":
      name(0x02, key);
      return string(v);
    case "boolean":
      name(0x08, key);
      room(1);
      out[pos++] = v ? 1 : 0;
      return;
    case "number":
      return isInt32(v) ? int(key, v) : float(key, v);
    case "bigint":
      name(0x12, key);
      room(8);
      pos = out.writeBigInt64LE(v, pos);
      return;
  }
  if (v === null) return name(0x0a, key);
  if (v instanceof Raw) {
    name(0x03, key);
    return bytes(v.bytes);
  }
  if (Array.isArray(v)) {
    name(0x04, key);
    return nested(v.entries());
  }
  if (v instanceof Oid) {
    name(0x07, key);
    return bytes(v.bytes);
  }
  if (v instanceof Date) {
    name(0x09, key);
    room(8);
    pos = out.writeBigInt64LE(BigInt(v.getTime()), pos);
    return;
  }
  if (v instanceof Double) return float(key, v.value);
  if (v instanceof Bin) {
    name(0x05, key);
    room(5);
    pos = out.writeInt32LE(v.bytes.length, pos);
    out[pos++] = v.subtype;
    return bytes(v.bytes);
  }
  if (v instanceof Stamp) {
    name(0x11, key);
    room(8);
    pos = out.writeBigUInt64LE(v.value, pos);
    return;
  }
  if (v instanceof Regex) {
    name(0x0b, key);
    return bytes(Buffer.from(`${v.source}\0${v.flags}\0`));
  }
  if (v instanceof Edge) return name(v.side < 0 ? 0xff : 0x7f, key);
  name(0x03, key);
  nested(v instanceof Map ? v.entries() : Object.entries(v));
}

function int(key: string, n: number): void {
  name(0x10, key);
  room(4);
  pos = out.writeInt32LE(n, pos);
}

function float(key: string, n: number): void {
  name(0x01, key);
  room(8);
  pos = out.writeDoubleLE(n, pos);
}

function bytes(b: Buffer): void {
  room(b.length);
  pos += b.copy(out, pos);
}

function nested(entries: Iterable<[string | number, Writable | undefined]>): void {
  const start = pos;
  room(5);
  pos += 4;
  for (const [key, v] of entries) if (v !== undefined) element(typeof key === "number" ? String(key) : key, v);
  room(1);
  out[pos++] = 0;
  out.writeInt32LE(pos - start, start);
}

/** Encodes a document, after `before` free bytes for a header. Fields that are undefined are left out. */
export function encode(doc: Map<string, Writable> | { [name: string]: Writable | undefined }, before = 0): Buffer {
  pos = before;
  nested(doc instanceof Map ? doc.entries() : Object.entries(doc));
  const copy = Buffer.from(out.subarray(0, pos));
  if (out.length > USUAL_BYTES * 16) out = Buffer.allocUnsafe(USUAL_BYTES);
  return copy;
}
