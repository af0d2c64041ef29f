import { createHash, randomBytes } from "node:crypto";

const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function base32(value: bigint, length: number): string {
  let text = "";
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = (letters[Number(rest & 31n)] ?? "") + text;
  return text;
}

/** An id of 26 letters that sorts by time. The same ten bytes of entropy and the same millisecond give the same id. */
export function ulid(at: number, entropy: Uint8Array = randomBytes(10)): string {
  return base32(BigInt(Math.max(0, Math.floor(at))), 10) + base32(BigInt(`0x${Buffer.from(entropy).toString("hex")}`), 16);
}

/**
 * The internal id of the n-th event of one send. The SDK sends `x-inngest-event-id-seed: <ms>,<base64 entropy>` and
 * repeats it when it tries again, so a second arrival of the same send gets the same ids. Undefined for an unreadable seed.
 */
export function seededUlid(seed: string, index: number): string | undefined {
  const at = /^(\d{1,14}),(.+)$/.exec(seed)?.[1];
  if (at === undefined) return undefined;
  return ulid(Number(at), createHash("sha256").update(`${seed}#${index}`).digest().subarray(0, 10));
}
