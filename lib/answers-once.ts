import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import { day, now, second } from "./clock.ts";
import { defineCollection, isDuplicate } from "./db.ts";
import { env } from "./env.ts";
import { AppError, invalid } from "./errors.ts";

const KeptAnswer = z.object({
  _id: z.string().describe("hash of actor, address and Idempotency-Key"),
  body: z.string().describe("hash of the first request's body"),
  status: z.number().int().nullable(),
  value: z.string().nullable().describe("the first answer, JSON; null while it is being made"),
  at: z.date(),
});

const answers = defineCollection({ name: "answers_once", room: "lib/answers-once.ts", schema: KeptAnswer, indexes: [{ key: { at: 1 }, name: "expiry", expireAfterSeconds: day / second }] });

const hash = (text: string) => createHash("sha256").update(text).digest("base64url");
/** Keyed, for an input may hold a password: who reads the database must not be able to try passwords against it. */
const fingerprint = (text: string) => createHmac("sha256", env().AUTH_SECRET).update("idempotent input\n").update(text).digest("base64url");
/** Who makes an answer says so again and again; one that was silent for longer is gone, and the next to ask makes it. */
const beatMs = 2 * second;
const abandonedMs = 4 * beatMs;

type Answer = { status: number; value: unknown };

/**
 * The first answer to an Idempotency-Key, for 24 hours; another body under the same key is refused (422). The
 * command gets the key's name for this request (`once`) and stores it under a unique index with what it makes:
 * so a retry after a crash between the write and its answer finds the record instead of making a second one.
 */
export async function answerOnce(ask: { key: string; actor: string; place: string; input: unknown }, make: (once: string) => Promise<Answer>): Promise<Answer> {
  if (ask.key.length === 0 || ask.key.length > 200) throw invalid("Idempotency-Key", "must have 1 to 200 characters");
  const once = hash([ask.actor, ask.place, ask.key].join("\n"));
  const body = fingerprint(JSON.stringify(ask.input));
  const first = await claim(once, body);
  if (first) return first;
  // a beat that the database did not hear is followed by the next
  const beat = setInterval(() => void answers().updateOne({ _id: once, value: null }, { $set: { at: now() } }).catch(() => {}), beatMs);
  try {
    const made = await make(once);
    await answers().updateOne({ _id: once }, { $set: { status: made.status, value: JSON.stringify(made.value ?? null) } });
    return made;
  } catch (error) {
    await answers().deleteOne({ _id: once, value: null });
    throw error;
  } finally {
    clearInterval(beat);
  }
}

/** Null: the caller is to make the answer. */
async function claim(once: string, body: string): Promise<Answer | null> {
  const at = now();
  try {
    await answers().insertOne({ _id: once, body, status: null, value: null, at });
    return null;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const kept = await answers().findOne({ _id: once });
  if (kept && kept.body !== body) throw new AppError("mismatch", "This Idempotency-Key was used for another request.", { errors: [{ path: "Idempotency-Key", message: "was used for another request" }] });
  if (kept?.value != null && kept.status !== null) return { status: kept.status, value: JSON.parse(kept.value) };
  if (kept && at.getTime() - kept.at.getTime() < abandonedMs) throw new AppError("conflict", "The first request with this Idempotency-Key is still being answered.", { retryAfterSeconds: 1 });
  return null;
}
