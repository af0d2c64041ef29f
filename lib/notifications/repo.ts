import { day, second } from "../clock.ts";
import { defineCollection, isDuplicate } from "../db.ts";
import { Letter, Notice, NoticeSettings, Unwanted, type RequesterKind } from "./schema.ts";

const letters = defineCollection({
  name: "letters",
  room: "notifications",
  schema: Letter,
  indexes: [
    { key: { personId: 1, at: -1 }, name: "person" },
    { key: { ticketId: 1, at: -1 }, name: "ticket", partialFilterExpression: { ticketId: { $type: "string" } } },
    { key: { providerId: 1 }, name: "provider", partialFilterExpression: { providerId: { $type: "string" } } },
    { key: { at: 1 }, name: "queued", partialFilterExpression: { state: "queued" } },
    { key: { startedAt: 1 }, name: "sending", partialFilterExpression: { state: "sending" } },
    { key: { sole: 1 }, name: "sole", unique: true, partialFilterExpression: { sole: { $type: "string" } } },
  ],
});

/**
 * Keeps a letter under its key; answers the one that is kept, which is an earlier one if there was one. One that was to
 * be the only mail of its day is kept as held where another was faster.
 */
export async function keep(letter: Letter): Promise<Letter> {
  try {
    await letters().insertOne(letter);
    return letter;
  } catch (error) {
    const kept = isDuplicate(error) ? await letters().findOne({ _id: letter._id }) : null;
    if (kept) return kept;
    if (!letter.sole || !isDuplicate(error, "sole")) throw error;
    const { sole: _taken, ...held } = letter;
    return keep({ ...held, mail: null, state: "held" });
  }
}

export const letterWith = (key: string) => letters().findOne({ _id: key });

/** Changes a letter that is (still) in one of these states; whoever gets true did it. */
export async function turn(key: string, from: readonly Letter["state"][], change: { $set: Partial<Letter>; $inc?: { attempts: number } }, more: Partial<Pick<Letter, "startedAt">> = {}): Promise<boolean> {
  return (await letters().updateOne({ _id: key, state: { $in: [...from] }, ...more }, change)).modifiedCount === 1;
}

export const heldFor = (personId: string): Promise<Letter[]> => letters().find({ personId, state: "held" }).sort({ at: 1, _id: 1 }).toArray();
export const queuedBefore = (at: Date, limit: number): Promise<Letter[]> => letters().find({ state: "queued", at: { $lt: at } }).sort({ at: 1 }).limit(limit).toArray();
/** Posts that began so long ago that whoever began them is gone. */
export const begunBefore = (at: Date, limit: number): Promise<Letter[]> => letters().find({ state: "sending", startedAt: { $lt: at } }).sort({ startedAt: 1 }).limit(limit).toArray();
export const writtenSince = (personId: string, since: Date): Promise<number> => letters().countDocuments({ personId, at: { $gt: since }, state: { $in: ["queued", "sent"] } });

/** Everything that was sent about a ticket, the newest first. */
export const lettersOf = (ticketId: string, limit: number): Promise<Letter[]> => letters().find({ ticketId }).sort({ at: -1 }).limit(limit).toArray();

/** The letter of a sending: by the key that we gave it, for an event may be here before its id was noted. */
export const letterOf = ({ key, providerId }: { key: string | null; providerId: string }): Promise<Letter | null> => letters().findOne(key === null ? { providerId } : { _id: key });

/** Notes what became of a sending; a complaint or a bounce is never overwritten by a late "delivered". */
export async function noteFate(key: string, delivery: NonNullable<Letter["delivery"]>, deliveryReason: string | null, deliveryAt: Date): Promise<void> {
  await letters().updateOne({ _id: key, ...(delivery === "delivered" ? { delivery: null } : {}) }, { $set: { delivery, deliveryReason, deliveryAt } });
}

const unwanted = defineCollection({ name: "unwanted_letters", room: "notifications", schema: Unwanted, indexes: [] });

const wishOf = (personId: string, kind: RequesterKind) => `${personId}:${kind}`;
export const isUnwanted = async (personId: string, kind: RequesterKind): Promise<boolean> => (await unwanted().countDocuments({ _id: wishOf(personId, kind) }, { limit: 1 })) === 1;
/** Safe to repeat. */
export async function noteWish(personId: string, kind: RequesterKind, wanted: boolean, at: Date): Promise<void> {
  if (wanted) await unwanted().deleteOne({ _id: wishOf(personId, kind) });
  else await unwanted().updateOne({ _id: wishOf(personId, kind) }, { $set: { at } }, { upsert: true });
}

export const notices = defineCollection({
  name: "notices",
  room: "notifications",
  schema: Notice,
  indexes: [
    { key: { personId: 1, at: -1, _id: -1 }, name: "person" },
    { key: { personId: 1, ticketId: 1 }, name: "unread", partialFilterExpression: { readAt: null } },
    { key: { mailAt: 1 }, name: "due", partialFilterExpression: { mailAt: { $type: "date" } } },
    { key: { at: 1 }, name: "expiry", expireAfterSeconds: (90 * day) / second },
  ],
});

export const noticeSettings = defineCollection({ name: "notice_settings", room: "notifications", schema: NoticeSettings, indexes: [] });
