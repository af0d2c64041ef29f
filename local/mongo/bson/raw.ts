import { refuse } from "../errors.ts";
import { sizeOf } from "./read.ts";

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 180;

export interface Element {
  name: string;
  type: number;
  /** Where the element (type byte), its value and its end are. */
  start: number;
  value: number;
  end: number;
}

/** The top-level elements of an undecoded document. */
export function* elements(b: Buffer, at = 0): Generator<Element> {
  let i = at + 4;
  for (let type = b[i]!; type !== 0; type = b[i]!) {
    const zero = b.indexOf(0, i + 1);
    const end = zero + 1 + sizeOf(b, type, zero + 1);
    yield { name: b.toString("utf8", i + 1, zero), type, start: i, value: zero + 1, end };
    i = end;
  }
}

/**
 * Refuses bytes that are no well-formed document, types that this server has no rules for, and nesting beyond 180.
 * Everything that is stored has passed here, so that readers may trust lengths.
 */
export function checkDocument(b: Buffer, at = 0, end = b.length, depth = 0): void {
  if (depth > MAX_DEPTH) refuse(15, `Document exceeds the maximum nesting depth of ${MAX_DEPTH}.`);
  if (end - at < 5 || b.readInt32LE(at) !== end - at || b[end - 1] !== 0) refuse(10, "Invalid BSON: a document's length doesn't match its bytes.");
  let i = at + 4;
  while (i < end - 1) {
    const type = b[i]!;
    const value = b.indexOf(0, i + 1) + 1;
    if (value === 0 || value >= end + 1) refuse(10, "Invalid BSON: a field name has no end.");
    const size = value + 4 <= end || (type !== 0x02 && type !== 0x03 && type !== 0x04 && type !== 0x05) ? sizeOf(b, type, value) : -1;
    const next = value + size;
    if (size < 0 || next > end - 1) refuse(10, "Invalid BSON: a value is longer than its document.");
    if (type === 0x03 || type === 0x04) checkDocument(b, value, next, depth + 1);
    else if (type === 0x02 && (size < 5 || b[next - 1] !== 0)) refuse(10, "Invalid BSON: a string has no end.");
    i = next;
  }
  if (i !== end - 1) refuse(10, "Invalid BSON: a document's length doesn't match its bytes.");
}

/** Refuses a document above MongoDB's 16 MB. */
export function checkSize(b: Buffer): Buffer {
  if (b.length > MAX_DOCUMENT_BYTES) refuse(10334, `BSONObj size: ${b.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}`);
  return b;
}

/** A new document of chosen elements of `b`, copied byte for byte. */
export function assemble(b: Buffer, chosen: Element[]): Buffer {
  const size = chosen.reduce((n, e) => n + e.end - e.start, 5);
  const out = Buffer.allocUnsafe(size);
  out.writeInt32LE(size, 0);
  let at = 4;
  for (const e of chosen) at += b.copy(out, at, e.start, e.end);
  out[at] = 0;
  return out;
}
