import { createHash, randomBytes } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function base32(value: bigint, length: number): string {
  let text = "";
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = (letters[Number(rest & 31n)] ?? "") + text;
  return text;
}

const put = (at: number, entropy: bigint): string => base32(BigInt(at), 10) + base32(entropy, 16);
const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);

let last = { at: 0, entropy: 0n };

/** A new id of 26 letters. Ids of one process sort in the order in which they were made, also within a millisecond. */
export function ulid(at: number): string {
  // A random start leaves room upwards, so that counting on never overflows.
  last = at > last.at ? { at, entropy: number(randomBytes(10)) >> 1n } : { at: last.at, entropy: last.entropy + 1n };
  return put(last.at, last.entropy);
}

/**
 * The internal id of the n-th event of one send. The SDK sends `x-inngest-event-id-seed: <ms>,<base64 entropy>` and
 * repeats it when it tries again, so a second arrival of the same send gets the same ids. Undefined for an unreadable seed.
 */
export function seededUlid(seed: string, index: number): string | undefined {
  const at = /^(\d{1,14}),(.+)$/.exec(seed)?.[1];
  if (at === undefined) return undefined;
  return put(Number(at), number(createHash("sha256").update(`${seed}#${index}`).digest().subarray(0, 10)));
}

/** The id that sorts before every id of this moment or later. */
export const firstIdOf = (at: number): string => put(Math.max(0, at), 0n);
