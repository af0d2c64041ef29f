/**
 * Values as this server holds them. A JavaScript number is an int32 when it is a whole number that fits, else a double
 * (the official serializer writes numbers the same way); a whole double is wrapped in `Double`, an int64 is a bigint.
 * So a document that is read, changed and written keeps the kind of every number and the order of every field.
 */
export type Value = null | boolean | number | bigint | string | Date | Double | Oid | Bin | Stamp | Regex | Edge | Value[] | Map<string, Value>;
export type Doc = Map<string, Value>;
export type Maybe = Value | undefined;

/** A whole number of type double. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** The 12 bytes of an ObjectId. */
export class Oid {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }
}

/** Binary data with its subtype (4 is a UUID). */
export class Bin {
  readonly subtype: number;
  readonly bytes: Buffer;
  constructor(subtype: number, bytes: Buffer) {
    this.subtype = subtype;
    this.bytes = bytes;
  }
}

/** A BSON timestamp: seconds in the high half, a counter in the low half. */
export class Stamp {
  readonly value: bigint;
  constructor(value: bigint) {
    this.value = value;
  }
}

export class Regex {
  readonly source: string;
  readonly flags: string;
  constructor(source: string, flags: string) {
    this.source = source;
    this.flags = flags;
  }
}

/** MinKey (-1) and MaxKey (1). */
export class Edge {
  readonly side: -1 | 1;
  constructor(side: -1 | 1) {
    this.side = side;
  }
}

export const isDoc = (v: unknown): v is Doc => v instanceof Map;

/** Order of the BSON types in comparisons and sorts. `undefined` is a missing value and sorts as null. */
export function rank(v: Maybe): number {
  switch (typeof v) {
    case "string":
      return 15;
    case "number":
    case "bigint":
      return 10;
    case "boolean":
      return 40;
    case "undefined":
      return 5;
  }
  if (v === null) return 5;
  if (v instanceof Map) return 20;
  if (Array.isArray(v)) return 25;
  if (v instanceof Oid) return 35;
  if (v instanceof Date) return 45;
  if (v instanceof Double) return 10;
  if (v instanceof Bin) return 30;
  if (v instanceof Stamp) return 47;
  if (v instanceof Regex) return 50;
  return (v as Edge).side < 0 ? 1 : 127;
}
