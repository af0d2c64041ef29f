import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const derive = promisify(argon2);

/** OWASP's Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** A salted hash that carries its own parameters, `argon2id$memory$passes$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive("argon2id", { ...cost, message: password, nonce: salt });
  return ["argon2id", cost.memory, cost.passes, salt.toString("base64url"), Buffer.from(tag).toString("base64url")].join("$");
}

/** Whether the password is the one; takes as long for somebody who has none, so that nobody can be told apart. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, salt, hash] = (stored ?? decoy).split("$");
  const expected = Buffer.from(hash ?? "", "base64url");
  const tag = await derive("argon2id", {
    ...cost,
    memory: Number(memory),
    passes: Number(passes),
    message: password,
    nonce: Buffer.from(salt ?? "", "base64url"),
  });
  const same = expected.length === cost.tagLength && timingSafeEqual(Buffer.from(tag), expected);
  return stored !== null && same;
}

const decoy = ["argon2id", cost.memory, cost.passes, randomBytes(16).toString("base64url"), randomBytes(32).toString("base64url")].join("$");
