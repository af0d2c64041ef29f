import { z } from "zod";
import { demand, isStaff, type Actor, type PersonActor } from "../auth/service.ts";
import { now } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import type { Filter } from "../db.ts";
import { subjectsFor } from "../tickets/service.ts";
import { notices } from "./repo.ts";
import type { Notice, NoticesQuery, ReadNoticesInput } from "./schema.ts";
import { toNoticeView, type NoticesView } from "./view.ts";

const Place = z.object({ at: z.iso.datetime(), id: z.string() });
/** As far as unread notices are counted. */
const mostCounted = 1000;

function staffOf(actor: Actor): PersonActor {
  demand(actor, "staff.read");
  return actor as PersonActor; // nobody else is given that right
}

const unreadOf = (personId: string) => notices().countDocuments({ personId, readAt: null }, { limit: mostCounted });

/** One's own notices, the newest first, and how many are unread (1,000 stands for more). */
export async function noticesFor(actor: Actor, query: z.infer<typeof NoticesQuery>): Promise<NoticesView> {
  const { id: personId } = staffOf(actor);
  const after = query.cursor === undefined ? null : decodeCursor(Place, query.cursor);
  const filter: Filter<Notice> = {
    personId,
    ...(query.unread === "true" ? { readAt: null } : query.unread === "false" ? { readAt: { $ne: null } } : {}),
    ...(after ? { $or: [{ at: { $lt: new Date(after.at) } }, { at: new Date(after.at), _id: { $lt: after.id } }] } : {}),
  };
  const [found, unread] = await Promise.all([notices().find(filter).sort({ at: -1, _id: -1 }).limit(query.limit + 1).toArray(), unreadOf(personId)]);
  const page = found.slice(0, query.limit);
  const subjects = await subjectsFor(actor, page.map(({ ticketId }) => ticketId));
  const last = found.length > query.limit ? page.at(-1) : undefined;
  return { items: page.map((notice) => toNoticeView(notice, subjects.get(notice.ticketId) ?? null)), unread, nextCursor: last ? encodeCursor({ at: last.at.toISOString(), id: last._id }) : null };
}

/** Marks notices of one's own as read: those named, those no newer than a moment, or all. Answers how many are left unread. */
export async function readNotices(actor: Actor, { ids, before }: z.infer<typeof ReadNoticesInput>): Promise<{ unread: number }> {
  const { id: personId } = staffOf(actor);
  await notices().updateMany({ personId, readAt: null, ...(ids ? { _id: { $in: ids } } : {}), ...(before ? { at: { $lte: new Date(before) } } : {}) }, { $set: { readAt: now() } });
  return { unread: await unreadOf(personId) };
}

/** Who has read a ticket up to a row has read what was to be told of it. */
export async function readNoticesOf(actor: Actor, { id: ticketId, seq }: { id: string; seq: number }): Promise<void> {
  if (isStaff(actor)) await notices().updateMany({ personId: actor.id, ticketId, readAt: null, seq: { $lte: seq } }, { $set: { readAt: now() } });
}
