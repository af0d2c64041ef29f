import type { PersonRef } from "../auth/view.ts";
import { now } from "../clock.ts";
import { linkTo } from "../file-links.ts";
import { isPreviewed } from "../file-types.ts";
import { nothingAttached } from "./attached.ts";
import { mayRate, ratingOf, type MayRate } from "./rating-rules.ts";
import type { AttachedFile, Category, Channel, ClockState, Doer, Level, Message, Priority, Rating, Status, Ticket, TicketClock, TicketSla, Visibility } from "./schema.ts";

/** A routing decision as staff read it. */
export type RoutingView = {
  state: "waiting" | "settled";
  at: string | null;
  outcome: "assigned" | "waiting" | "escalated" | null;
  why: string | null;
  considered: { id: string; name: string; open: number | null; capacity: number; passedOver: string | null }[];
  passedOverMore: number;
};

type Shared = {
  id: string;
  number: number;
  subject: string;
  status: Status;
  channel: Channel;
  assignee: PersonRef | null;
  publicSeq: number;
  version: number;
  messageCount: number;
  /** Files in the messages that this reader may see. */
  attached: { count: number; bytes: number };
  latest: { snippet: string; by: "customer" | "staff" | "system"; at: string };
  follows: { id: string; number: number } | null;
  unread: boolean;
  createdAt: string;
  updatedAt: string;
};

/** What the customer (or the visitor's browser) sees: nothing about queues, notes, levels or other people's work. */
export type CustomerTicket = Shared & {
  audience: "customer";
  requester: { name: string; email: string };
  /** Their rating of the solution that stands, and what they may still say of it. */
  rating: RatingView | null;
  mayRate: MayRate;
};

/** What staff see. */
export type StaffTicket = Shared & {
  audience: "staff";
  priority: Priority;
  level: Level;
  category: Category;
  queue: PersonRef | null;
  requester: { id: string; name: string; email: string; verified: boolean };
  tags: string[];
  watcherIds: string[];
  sla: SlaView;
  routing: RoutingView | null;
  /** Of the newest solution that was rated: that solution is older than `resolvedAt` when the ticket was opened again since. */
  rating: RatingView | null;
  resolvedAt: string | null;
  closedAt: string | null;
  seq: number;
  may: TicketMay;
};

export type RatingView = { score: number; comment: string | null; at: string };

/**
 * What the holder of a link to rate sees. `asked`: this is the solution it is about; `reopened`: the request is open
 * again; `earlier`: it was, and came to another end; `off`: the desk does not ask.
 */
export type RatingPage = { request: { id: string; number: number; subject: string }; state: "asked" | "reopened" | "earlier" | "off"; closed: boolean; rating: RatingView | null; mayRate: MayRate };

/** A clock; `dueAt` is null while it is paused. Null: nothing is promised, or it is not computed yet. */
export type ClockView = { state: ClockState; startedAt: string; dueAt: string | null; remindAt: string | null; stoppedAt: string | null; targetMinutes: number };
export type SlaView = { firstResponse: ClockView | null; nextResponse: ClockView | null; resolution: ClockView | null };

/** What this person may do with this ticket now: the page shows no button that a door would refuse. */
export type TicketMay = { reply: boolean; note: boolean; edit: boolean; assign: boolean; claim: boolean; escalate: boolean; resolve: boolean; reopen: boolean; close: boolean; schedule: boolean };

export type TicketView = CustomerTicket | StaffTicket;

export type MessageView = {
  id: string;
  visibility: Visibility;
  author: { kind: Doer["kind"]; id: string | null; name: string };
  side: "customer" | "staff" | "system";
  body: string;
  attachments: AttachmentView[];
  /** For staff: colleagues named in a private note. Absent: none. */
  mentions?: PersonRef[];
  mine: boolean;
  seq: number;
  at: string;
};

/** `url` downloads; `preview` shows an image of the four kinds that a page may show. Both work without a cookie, for an hour at most. */
export type AttachmentView = AttachedFile & { url: string; preview: string | null };

export type TimelineEntry = { id: string; seq: number; type: string; actor: { kind: Doer["kind"]; name: string }; text: string; why: string | null; at: string };

/** Names and marks that a view needs beside the ticket itself. */
export type Around = {
  ownerName: string;
  queues: ReadonlyMap<string, string>;
  readSeq: number | null;
  verified: boolean;
  may: TicketMay;
  /** Whether the desk asks for ratings. */
  asksRating: boolean;
  /** A ticket on its own has its routing decision with it; in a list it is left out. */
  whole: boolean;
};

function shared(ticket: Ticket, around: Around): Omit<Shared, "unread" | "updatedAt" | "attached"> {
  return {
    id: ticket._id,
    number: ticket.number,
    subject: ticket.subject,
    status: ticket.status,
    channel: ticket.channel,
    assignee: ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: around.ownerName },
    publicSeq: ticket.publicSeq,
    version: ticket.version,
    messageCount: ticket.messageCount,
    latest: { ...ticket.latest, at: ticket.latest.at.toISOString() },
    follows: ticket.follows,
    createdAt: ticket.createdAt.toISOString(),
  };
}

export const toRating = (rating: Rating | null | undefined): RatingView | null => (rating ? { score: rating.score, comment: rating.comment, at: rating.at.toISOString() } : null);

const attachedTo = (ticket: Ticket) => ticket.attached ?? nothingAttached;

export function toCustomerTicket(ticket: Ticket, around: Around): CustomerTicket {
  return {
    ...shared(ticket, around),
    audience: "customer",
    attached: { count: attachedTo(ticket).publicCount, bytes: attachedTo(ticket).publicBytes },
    updatedAt: ticket.publicAt.toISOString(),
    unread: ticket.latest.by !== "customer" && (around.readSeq ?? 0) < ticket.publicSeq,
    requester: { name: ticket.requester.name, email: ticket.requester.email },
    rating: toRating(ratingOf(ticket)),
    mayRate: mayRate(ticket, { asked: around.asksRating }),
  };
}

const toRouting = ({ state, decision }: Ticket["routing"]): RoutingView => ({
  state,
  at: decision?.at.toISOString() ?? null,
  outcome: decision?.outcome ?? null,
  why: decision?.why ?? null,
  considered: decision?.considered ?? [],
  passedOverMore: decision?.passedOverMore ?? 0,
});

/** A running clock whose due time has passed is breached, whether or not that was computed meanwhile. */
function toClock(clock: TicketClock | null, at: number): ClockView | null {
  if (!clock) return null;
  const late = clock.state === "running" && clock.dueAt !== null && clock.dueAt.getTime() < at;
  const [dueAt, remindAt, stoppedAt] = [clock.dueAt, clock.remindAt, clock.stoppedAt].map((time) => time?.toISOString() ?? null);
  return { state: late ? "breached" : clock.state, startedAt: clock.startedAt.toISOString(), dueAt: dueAt ?? null, remindAt: late ? null : (remindAt ?? null), stoppedAt: stoppedAt ?? null, targetMinutes: Math.round(clock.targetMs / 60_000) };
}

const toSla = (sla: TicketSla | null, at: number): SlaView => ({ firstResponse: toClock(sla?.firstResponse ?? null, at), nextResponse: toClock(sla?.nextResponse ?? null, at), resolution: toClock(sla?.resolution ?? null, at) });

export function toStaffTicket(ticket: Ticket, around: Around): StaffTicket {
  return {
    ...shared(ticket, around),
    audience: "staff",
    attached: { count: attachedTo(ticket).count, bytes: attachedTo(ticket).bytes },
    updatedAt: ticket.updatedAt.toISOString(),
    unread: (around.readSeq ?? 0) < ticket.seq,
    priority: ticket.priority,
    level: ticket.level,
    category: ticket.category,
    queue: ticket.queueId === null ? null : { id: ticket.queueId, name: around.queues.get(ticket.queueId) ?? "Queue" },
    requester: { ...ticket.requester, verified: around.verified },
    tags: ticket.tags,
    watcherIds: ticket.watcherIds,
    sla: toSla(ticket.sla ?? null, now().getTime()),
    routing: around.whole ? toRouting(ticket.routing) : null,
    rating: toRating(ticket.rating),
    resolvedAt: ticket.resolution?.at.toISOString() ?? null,
    closedAt: ticket.closure?.at.toISOString() ?? null,
    seq: ticket.seq,
    may: around.may,
  };
}

function toAttachmentView(file: AttachedFile): AttachmentView {
  const url = linkTo(file.id);
  return { ...file, url, preview: isPreviewed(file.type) ? `${url}?preview` : null };
}

/** A message for staff carries the full sequence; for a customer only the public one. */
export function toMessageView(message: Message, viewer: { id: string; staff: boolean }): MessageView {
  return {
    id: message._id,
    visibility: message.visibility,
    author: { kind: message.author.kind, id: viewer.staff ? message.author.id : null, name: message.author.name },
    side: message.side,
    body: message.body,
    attachments: (message.attachments ?? []).map(toAttachmentView),
    ...(viewer.staff && message.mentions ? { mentions: message.mentions } : {}),
    mine: message.author.id === viewer.id,
    seq: viewer.staff ? message.seq : (message.publicSeq ?? 0),
    at: message.at.toISOString(),
  };
}
