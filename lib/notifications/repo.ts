import { day, second } from "../clock.ts";
import { defineCollection, isDuplicate } from "../db.ts";
import { Letter, Notice, NoticeSettings } from "./schema.ts";

const letters = defineCollection({
  name: "letters",
  room: "notifications",
  schema: Letter,
  indexes: [
    { key: { personId: 1, at: -1 }, name: "person" },
    { key: { providerId: 1 }, name: "provider", partialFilterExpression: { providerId: { $type: "string" } } },
    { key: { at: 1 }, name: "queued", partialFilterExpression: { state: "queued" } },
  ],
});

/** Keeps a letter under its key; answers the one that is kept, which is an earlier one if there was one. */
export async function keep(letter: Letter): Promise<Letter> {
  try {
    await letters().insertOne(letter);
    return letter;
  } catch (error) {
    const kept = isDuplicate(error) ? await letters().findOne({ _id: letter._id }) : null;
    if (kept) return kept;
    throw error;
  }
}

/** The words are forgotten: they may hold a link that signs in, which is to be nowhere but in its reader's box. */
export const letterWith = (key: string) => letters().findOne({ _id: key });
export const noteSent = (key: string, providerId: string, at: Date) => letters().updateOne({ _id: key }, { $set: { state: "sent", mail: null, providerId, sentAt: at } });

/** Writes out or drops a held letter; whoever gets true did it. */
export async function release(key: string, change: Pick<Letter, "state" | "mail" | "at">): Promise<boolean> {
  return (await letters().updateOne({ _id: key, state: "held" }, { $set: change })).modifiedCount === 1;
}

export const heldFor = (personId: string): Promise<Letter[]> => letters().find({ personId, state: "held" }).sort({ at: 1, _id: 1 }).toArray();
export const queuedBefore = (at: Date, limit: number): Promise<Letter[]> => letters().find({ state: "queued", at: { $lt: at } }).sort({ at: 1 }).limit(limit).toArray();
export const writtenSince = (personId: string, since: Date): Promise<number> => letters().countDocuments({ personId, at: { $gt: since }, state: { $in: ["queued", "sent"] } });

/** Notes what became of a sending; a complaint or a bounce is never overwritten by a late "delivered". */
export async function noteFate(providerId: string, delivery: "delivered" | "bounced" | "complained"): Promise<void> {
  await letters().updateOne({ providerId, ...(delivery === "delivered" ? { delivery: null } : {}) }, { $set: { delivery } });
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
