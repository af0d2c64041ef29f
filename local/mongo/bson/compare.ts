import { bare, isNum } from "./numbers.ts";
import { Bin, type Doc, type Maybe, Oid, rank, Regex, Stamp, type Value } from "./value.ts";

const sign = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);

/** Byte order of the UTF-8 forms; differs from JavaScript's order where surrogate pairs meet U+E000 to U+FFFF. */
function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    const [sx, sy] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return sx === sy ? sign(x, y) : sx ? sign(0x10000, y) : sign(x, 0x10000);
  }
  return sign(a.length, b.length);
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a !== a || b !== b) return a !== a && b !== b ? 0 : a !== a ? -1 : 1;
  return sign(a, b);
}

function compareDocs(a: Doc, b: Doc): number {
  const others = b.entries();
  for (const [name, x] of a) {
    const other = others.next();
    if (other.done) return 1;
    const [otherName, y] = other.value;
    const c = sign(rank(x), rank(y)) || compareStrings(name, otherName) || compare(x, y);
    if (c !== 0) return c;
  }
  return others.next().done ? 0 : -1;
}

function compareArrays(a: Value[], b: Value[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const c = compare(a[i], b[i]);
    if (c !== 0) return c;
  }
  return sign(a.length, b.length);
}

/** BSON comparison order: first by type, then by value; numbers of all kinds are one type. A missing value equals null. */
export function compare(a: Maybe, b: Maybe): number {
  const [ra, rb] = [rank(a), rank(b)];
  if (ra !== rb) return ra < rb ? -1 : 1;
  if (typeof a === "string") return compareStrings(a, b as string);
  if (isNum(a) && isNum(b)) return compareNumbers(bare(a), bare(b));
  if (a instanceof Map) return compareDocs(a, b as Doc);
  if (Array.isArray(a)) return compareArrays(a, b as Value[]);
  if (a instanceof Oid) return Buffer.compare(a.bytes, (b as Oid).bytes);
  if (a instanceof Date) return sign(a.getTime(), (b as Date).getTime());
  if (typeof a === "boolean") return sign(Number(a), Number(b));
  if (a instanceof Bin) {
    const o = b as Bin;
    return sign(a.bytes.length, o.bytes.length) || sign(a.subtype, o.subtype) || Buffer.compare(a.bytes, o.bytes);
  }
  if (a instanceof Stamp) return sign(a.value, (b as Stamp).value);
  if (a instanceof Regex) return compareStrings(a.source, (b as Regex).source) || compareStrings(a.flags, (b as Regex).flags);
  return 0;
}

export const equal = (a: Maybe, b: Maybe): boolean => compare(a, b) === 0;
