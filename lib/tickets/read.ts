import type { z } from "zod";
import { demand, isStaff, noteRead, visibleTo, type Actor } from "../auth/service.ts";
import { now } from "../clock.ts";
import { rowsOf } from "../events.ts";
import { shown, shownOne } from "./around.ts";
import { pageOf } from "./query.ts";
import { find, markRead, messagesOf, readMarks, tickets } from "./repo.ts";
import type { ReadInput, TicketQuery } from "./schema.ts";
import { toEntry } from "./timeline.ts";
import { toMessageView, type MessageView, type TicketView, type TimelineEntry } from "./view.ts";

const viewerId = (actor: Actor): string => (actor.kind === "person" ? actor.id : actor.kind === "visitor" ? (actor.id ?? "") : "");

/** One page of the tickets that exist for this actor. */
export async function inboxFor(actor: Actor, query: TicketQuery): Promise<{ items: TicketView[]; nextCursor: string | null }> {
  const { found, nextCursor } = await pageOf(visibleTo(actor), query, actor, isStaff(actor));
  return { items: await shown(actor, found), nextCursor };
}

/** A ticket as this actor sees it, or a 404. */
export async function ticketFor(actor: Actor, { id }: { id: string }): Promise<TicketView> {
  const ticket = await find(visibleTo(actor), id);
  await noteRead(actor, ticket._id);
  return shownOne(actor, ticket);
}

/** Its thread after a sequence number; without private notes for customers, whose numbers are the public ones. */
export async function messagesFor(actor: Actor, { id, after = 0 }: { id: string; after?: number | undefined }): Promise<{ items: MessageView[]; nextCursor: null }> {
  const ticket = await find(visibleTo(actor), id);
  await noteRead(actor, ticket._id);
  const staff = isStaff(actor);
  const own = actor.kind === "visitor" ? ticket.requester.id : viewerId(actor);
  const found = await messagesOf(ticket._id, { after, publicOnly: !staff });
  return { items: found.map((message) => toMessageView(message, { id: own, staff })), nextCursor: null };
}

/** Its history, as far as this actor may see it. */
export async function timelineFor(actor: Actor, { id }: { id: string }): Promise<{ items: TimelineEntry[]; nextCursor: null }> {
  const ticket = await find(visibleTo(actor), id);
  demand(actor, "ticket.timeline", ticket);
  await noteRead(actor, ticket._id);
  const staff = isStaff(actor);
  const rows = await rowsOf(ticket._id, { publicOnly: !staff });
  return { items: rows.map((row) => toEntry(row, staff)), nextCursor: null };
}

/** Remembers how far the actor has read; a mark never goes back, and never past what there is. */
export async function readUpTo(actor: Actor, { id, seq }: z.infer<typeof ReadInput>): Promise<void> {
  const ticket = await find(visibleTo(actor), id);
  await markRead(viewerId(actor), ticket._id, Math.min(seq, isStaff(actor) ? ticket.seq : ticket.publicSeq), now());
}

export type Counts = { mine: number; unassigned: number; waiting: number; engineering: number; all: number; unread: number };

/** Unread is looked for among so many of a person's tickets, the last touched first: what is unread was just touched. */
const newest = 100;

/** How many unsolved tickets stand behind each view of the desk; counting stops at 1,000. `waiting`: for the customer or somebody else. */
export async function countsFor(actor: Actor): Promise<Counts> {
  demand(actor, "staff.read");
  const scope = visibleTo(actor);
  const unsolved = { status: { $in: ["new", "open", "pending", "on_hold"] } };
  const count = (filter: object) => tickets().countDocuments({ ...scope, ...filter } as object, { limit: 1000 });
  const owned = { assigneeId: viewerId(actor), ...unsolved };
  const [unassigned, waiting, engineering, all, mine, own] = await Promise.all([
    count({ assigneeId: null, ...unsolved }),
    count({ status: { $in: ["pending", "on_hold"] } }),
    count({ level: "engineering", ...unsolved }),
    count(unsolved),
    count(owned),
    tickets().find({ ...scope, ...owned } as object, { projection: { seq: 1 } }).sort({ updatedAt: -1, _id: -1 }).limit(newest).toArray(),
  ]);
  const marks = await readMarks(viewerId(actor), own.map((ticket) => ticket._id));
  const unread = own.filter((ticket) => (marks.get(ticket._id) ?? 0) < ticket.seq).length;
  return { mine, unassigned, waiting, engineering, all, unread };
}

/** Whether unsolved tickets stand in a queue. */
export const hasUnsolvedIn = async (queueId: string): Promise<boolean> => (await tickets().countDocuments({ queueId, status: { $in: ["new", "open", "pending", "on_hold"] } }, { limit: 1 })) > 0;

/** Throws the 404 that the actor would get for this ticket; for realtime channels. */
export async function demandSight(actor: Actor, id: string): Promise<void> {
  await find(visibleTo(actor), id);
}
