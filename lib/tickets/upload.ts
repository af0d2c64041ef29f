import { demand, type Actor } from "../auth/service.ts";
import { hour, minute, now } from "../clock.ts";
import { AppError } from "../errors.ts";
import { cleanName } from "../file-names.ts";
import { fileLimits, sizeWords } from "../file-size.ts";
import { demandSpace, removeFile, storeFile } from "../files.ts";
import { newId } from "../ids.ts";
import { attachments } from "./repo.ts";
import type { AttachedFile, Attachment } from "./schema.ts";

const waitsForHours = 24;
const arrivesWithinHours = 1;
/** After a failed upload a last piece may still be on its way to the database. */
const settleMs = minute;

function ownerOf(actor: Actor): string {
  if (actor.kind === "person") return `person:${actor.id}`;
  if (actor.kind === "visitor" && actor.id !== null) return `visitor:${actor.id}`;
  throw new AppError("unauthenticated", "Please sign in to do this.");
}

/**
 * Stores a file while it arrives. It belongs to whoever sent it until a message takes it, and vanishes after a day if
 * none does. Its record is written before its first byte, so that what a crash leaves is found without searching.
 */
export async function upload(actor: Actor, sent: { name: string; bytes: AsyncIterable<Uint8Array> }): Promise<AttachedFile & { sha256: string }> {
  demand(actor, "attachment.upload");
  const owner = ownerOf(actor);
  await demandSpace();
  const [_id, name] = [newId(), cleanName(sent.name)];
  await attachments().insertOne({ _id, owner, name, size: 0, type: "", sha256: "", state: "arriving", ticketId: null, messageId: null, at: now() });
  const refused = await overQuota(actor, owner);
  if (refused) {
    await attachments().deleteOne({ _id });
    throw refused;
  }
  try {
    const stored = await storeFile(_id, name, sent.bytes);
    const { matchedCount } = await attachments().updateOne({ _id, state: "arriving" }, { $set: { ...stored, state: "waiting", at: now() } });
    if (matchedCount === 0) throw new AppError("tooMany", "The file took too long to arrive. Please try again.", { retryAfterSeconds: 1 });
    return { id: _id, name, ...stored };
  } catch (error) {
    await attachments().updateOne({ _id }, { $set: { state: "leaving", at: now() } });
    throw error;
  }
}

/** The 429 for somebody who uploads and uploads and sends nothing. Asked with the new record in place: uploads at once see one another. */
async function overQuota(actor: Actor, owner: string): Promise<AppError | null> {
  const own = await unclaimedOf({ owner }, fileLimits.unclaimed);
  if (own.count > fileLimits.unclaimed || own.bytes > fileLimits.unclaimedBytes) {
    return new AppError("tooMany", `You have ${own.count - 1} files (${sizeWords(own.bytes - fileLimits.fileBytes)}) here that are in no message yet. Send some first; after a day they are removed.`, { retryAfterSeconds: hour / 1000 });
  }
  if (actor.kind !== "visitor") return null;
  const all = await unclaimedOf({ owner: /^visitor:/ }, fileLimits.visitorsUnclaimed);
  if (all.count <= fileLimits.visitorsUnclaimed && all.bytes <= fileLimits.visitorsUnclaimedBytes) return null;
  return new AppError("tooMany", "The desk takes no more files from visitors for now. Please write without files, or sign in first.", { retryAfterSeconds: hour / 1000 });
}

/** Uploads that no message has, counted to one beyond `most`. One that still arrives counts as the largest it can become. */
async function unclaimedOf(whose: { owner: string | RegExp }, most: number): Promise<{ count: number; bytes: number }> {
  const found = await attachments().find({ ...whose, state: { $in: ["arriving", "waiting"] } }, { projection: { size: 1, state: 1 } }).limit(most + 1).toArray();
  return { count: found.length, bytes: found.reduce((sum, { size, state }) => sum + (state === "arriving" ? fileLimits.fileBytes : size), 0) };
}

/** The actor's own waiting uploads of these ids, in this order. Throws 400 that names each that is none. */
export async function claimable(actor: Actor, ids: readonly string[] = []): Promise<AttachedFile[]> {
  if (ids.length === 0) return [];
  const found = await attachments().find({ _id: { $in: [...ids] }, owner: ownerOf(actor), state: "waiting" }).toArray();
  const byId = new Map(found.map(({ _id: id, name, size, type }) => [id, { id, name, size, type }]));
  const absent = ids.flatMap((id, index) => (byId.has(id) ? [] : [{ path: `attachmentIds.${index}`, message: "is no upload of yours that waits for a message" }]));
  if (absent.length > 0) throw new AppError("invalid", absent.map(({ path, message }) => `${path}: ${message}`).join("; "), { errors: absent });
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** A file that a message has taken, for somebody with a link to it. Null when there is none (any more). */
export const claimedFile = (id: string): Promise<Attachment | null> => attachments().findOne({ _id: id, state: "claimed" });

/**
 * Removes what no message took within a day, what never arrived whole, and what was given up, with all bytes. Marks
 * first: a message that takes a file in this moment, or a crash half way, leaves nothing behind. Answers how many.
 */
export async function sweepUploads(limit = 100): Promise<number> {
  const at = now();
  const before = (ms: number) => ({ $lt: new Date(at.getTime() - ms) });
  await attachments().updateMany({ state: "waiting", at: before(waitsForHours * hour) }, { $set: { state: "leaving" } });
  await attachments().updateMany({ state: "arriving", at: before(arrivesWithinHours * hour) }, { $set: { state: "leaving" } });
  const leaving = await attachments().find({ state: "leaving", at: before(settleMs) }).sort({ at: 1 }).limit(limit).toArray();
  for (const { _id } of leaving) {
    await removeFile(_id);
    await attachments().deleteOne({ _id });
  }
  return leaving.length;
}
