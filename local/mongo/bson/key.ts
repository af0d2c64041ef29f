import { Bin, Double, Oid, rank, Regex, Stamp, type Maybe, type Value } from "./value.ts";

/**
 * Order-preserving encoding: for any two values, the order of the bytes is the BSON order of the values, and equal
 * values give equal bytes. A component starts with the type's rank; strings end with 00 01 (a null byte inside is
 * 00 FF); numbers are a double with its sign folded plus what an int64 lost by rounding. Descending is inverted bytes.
 */
let out = Buffer.allocUnsafe(4096);
let pos = 0;

/** Rank of an empty array in a multikey index: below null, as in MongoDB. */
export const EMPTY_ARRAY = Symbol("empty array");
export type Keyable = Maybe | typeof EMPTY_ARRAY;

function room(bytes: number): void {
  if (pos + bytes <= out.length) return;
  const larger = Buffer.allocUnsafe(Math.max(out.length * 2, pos + bytes));
  out.copy(larger, 0, 0, pos);
  out = larger;
}

function text(s: string): void {
  room(s.length * 3 + 2);
  const start = pos;
  pos += out.write(s, pos, "utf8");
  if (out.subarray(start, pos).includes(0)) {
    const plain = Buffer.from(out.subarray(start, pos));
    pos = start;
    room(plain.length * 2 + 2);
    for (const byte of plain) {
      out[pos++] = byte;
      if (byte === 0) out[pos++] = 0xff;
    }
  }
  out[pos++] = 0;
  out[pos++] = 1;
}

function double(n: number): void {
  room(12);
  if (n !== n) {
    out.fill(0, pos, pos + 8);
  } else {
    out.writeDoubleBE(n === 0 ? 0 : n, pos);
    if (out[pos]! & 0x80) for (let i = 0; i < 8; i++) out[pos + i] = ~out[pos + i]! & 0xff;
    else out[pos]! |= 0x80;
  }
  pos += 8;
}

function number(v: number | bigint): void {
  double(Number(v));
  const lost = typeof v === "bigint" ? Number(v - BigInt(Number(v))) : 0;
  out[pos++] = lost === 0 ? 0x80 : lost < 0 ? 0x7f : 0x81;
  if (lost !== 0) pos = out.writeUInt16BE(lost + 0x8000, pos);
}

function uint64(n: bigint): void {
  room(8);
  pos = out.writeBigUInt64BE(n, pos);
}

function payload(v: Exclude<Maybe, undefined>): void {
  if (typeof v === "string") return text(v);
  if (typeof v === "number" || typeof v === "bigint") return number(v);
  if (typeof v === "boolean") {
    room(1);
    out[pos++] = v ? 2 : 1;
  } else if (v instanceof Double) number(v.value);
  else if (v instanceof Date) uint64(BigInt(v.getTime()) + 2n ** 63n);
  else if (v instanceof Stamp) uint64(v.value);
  else if (v instanceof Oid) blob(v.bytes);
  else if (v instanceof Bin) {
    room(5);
    pos = out.writeUInt32BE(v.bytes.length, pos);
    out[pos++] = v.subtype;
    blob(v.bytes);
  } else if (v instanceof Regex) {
    text(v.source);
    text(v.flags);
  } else if (Array.isArray(v)) {
    for (const x of v) component(x);
    terminate();
  } else if (v instanceof Map) {
    for (const [name, x] of v) {
      room(1);
      out[pos++] = rank(x);
      text(name);
      if (x !== null) payload(x);
    }
    terminate();
  }
}

function terminate(): void {
  room(1);
  out[pos++] = 0;
}

function blob(b: Buffer): void {
  room(b.length);
  pos += b.copy(out, pos);
}

function component(v: Maybe): void {
  room(1);
  out[pos++] = rank(v);
  if (v !== undefined && v !== null) payload(v);
}

/** The key of several values; `descending[i]` inverts the i-th. */
export function encodeKey(values: readonly Keyable[], descending?: readonly boolean[]): Buffer {
  pos = 0;
  for (let i = 0; i < values.length; i++) {
    const start = pos;
    const v = values[i];
    if (typeof v === "symbol") {
      room(1);
      out[pos++] = 2;
    } else component(v);
    if (descending?.[i]) for (let j = start; j < pos; j++) out[j] = ~out[j]! & 0xff;
  }
  return Buffer.from(out.subarray(0, pos));
}

/** A string that is the same for equal values (1, 1.0 and int64 1 are equal): for sets and groups. */
export const identity = (v: Value): string => encodeKey([v]).toString("latin1");

/** The lowest byte string above every key that starts with `prefix`. */
export function above(prefix: Buffer): Buffer {
  let end = prefix.length;
  while (end > 0 && prefix[end - 1] === 0xff) end--;
  if (end === 0) return Buffer.alloc(64, 0xff);
  const next = Buffer.from(prefix.subarray(0, end));
  next[end - 1]!++;
  return next;
}
