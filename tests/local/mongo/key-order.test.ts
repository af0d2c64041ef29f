import { expect, test } from "vitest";
import { compare } from "../../../local/mongo/bson/compare.ts";
import { above, encodeKey } from "../../../local/mongo/bson/key.ts";
import { checkDocument } from "../../../local/mongo/bson/raw.ts";
import { readDoc } from "../../../local/mongo/bson/read.ts";
import { Bin, Double, Edge, Oid, Regex, Stamp, type Value } from "../../../local/mongo/bson/value.ts";
import { encode } from "../../../local/mongo/bson/write.ts";
import { dice } from "./start.ts";

const { below, pick, next } = dice(7);
const letters = ["a", "b", "\u0000", "\u0001", "é", "\uffff", "\u{1f600}", "", "z", "ab"];
const text = () => Array.from({ length: below(4) }, () => pick(letters)).join("");
const whole = [0, 1, -1, 2, 255, 256, 2147483647, -2147483648];
const fraction = [0.5, -0.5, 1e300, -1e300, 5e-324, NaN, Infinity, -Infinity, 9007199254740992, 9007199254740994, 9223372036854775807];
const long = [1n, 2n, -2n, 9007199254740992n, 9007199254740993n, -9007199254740993n, 9223372036854775807n, 9223372036854775806n, -9223372036854775808n, 1152921504606846977n];

function value(depth = 0): Value {
  switch (below(depth > 2 ? 13 : 16)) {
    case 0: return null;
    case 1: return pick(whole);
    case 2: return pick(fraction);
    case 3: return pick(long);
    case 4: return new Double(pick([...whole, -0]));
    case 5: case 6: return text();
    case 7: return next() < 0.5;
    case 8: return new Date(pick([0, -1, 1, 1e12, -1e12]));
    case 9: return new Oid(Buffer.alloc(12, below(3)));
    case 10: return new Bin(below(2), Buffer.from(text()));
    case 11: return new Stamp(BigInt(below(3)));
    case 12: return pick<Value>([new Edge(1), new Edge(-1), new Regex(text().replaceAll("\0", ""), pick(["", "i"]))]);
    case 13: return Array.from({ length: below(3) }, () => value(depth + 1));
    default: return new Map(Array.from({ length: below(3) }, () => [text().replaceAll("\0", "") || "f", value(depth + 1)]));
  }
}

test("the bytes of 200,000 pairs of keys are in the order of their values, ascending and descending", () => {
  const pool = Array.from({ length: 2000 }, () => value());
  for (let i = 0; i < 200_000; i++) {
    const [a, b] = [pick(pool), pick(pool)];
    const [c, d] = next() < 0.5 ? [pick(pool), pick(pool)] : [pick(whole), pick(whole)];
    const descending = [next() < 0.5, next() < 0.5];
    const [first, second] = [compare(a, b), compare(c, d)];
    const expected = first !== 0 ? (descending[0] ? -first : first) : descending[1] ? -second : second;
    const got = Buffer.compare(encodeKey([a, c], descending), encodeKey([b, d], descending));
    if (Math.sign(got) !== Math.sign(expected)) expect({ a, b, c, d, descending, got }).toBe(expected);
  }
});

test("keys of other values never start with the bytes of a whole value", () => {
  const pool = Array.from({ length: 1500 }, () => value());
  for (let i = 0; i < 30_000; i++) {
    const [a, b] = [pick(pool), pick(pool)];
    const prefix = encodeKey([a]);
    const key = encodeKey([b, 1]);
    const inside = Buffer.compare(key, prefix) >= 0 && Buffer.compare(key, above(prefix)) < 0;
    if (inside !== (compare(a, b) === 0)) expect({ a, b, inside }).toBe("prefix-free");
  }
});

test("what is written is read back with the kind of every number and the order of every field", () => {
  for (let i = 0; i < 5000; i++) {
    const doc = new Map<string, Value>([["_id", i], ["10", value()], ["2", value()], ["v", value()], ["1", new Double(1)]]);
    const bytes = encode(doc);
    checkDocument(bytes);
    const back = readDoc(bytes);
    expect(encode(back).equals(bytes)).toBe(true);
    expect([...back.keys()]).toEqual(["_id", "10", "2", "v", "1"]);
  }
});
