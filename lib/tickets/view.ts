import type { PersonRef } from "../auth/view.ts";
import { linkTo } from "../file-links.ts";
import { isPreviewed } from "../file-types.ts";
import { nothingAttached } from "./attached.ts";
import type { AttachedFile, Category, Channel, Doer, Level, Message, Priority, Status, Ticket, Visibility } from "./schema.ts";

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
export type CustomerTicket = Shared & { audience: "customer"; requester: { name: string; email: string } };

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
  sla: { firstResponse: null; nextResponse: null; resolution: null };
  routing: RoutingView | null;
  resolvedAt: string | null;
  closedAt: string | null;
  seq: number;
  may: TicketMay;
};

/** What this person may do with this ticket now: the page shows no button that a door would refuse. */
export type TicketMay = { reply: boolean; note: boolean; edit: boolean; assign: boolean; claim: boolean; escalate: boolean; resolve: boolean; reopen: boolean; close: boolean };

export type TicketView = CustomerTicket | StaffTicket;

export type MessageView = {
  id: string;
  visibility: Visibility;
  author: { kind: Doer["kind"]; id: string | null; name: string };
  side: "customer" | "staff" | "system";
  body: string;
  attachments: AttachmentView[];
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

const attachedTo = (ticket: Ticket) => ticket.attached ?? nothingAttached;

export function toCustomerTicket(ticket: Ticket, around: Around): CustomerTicket {
  return {
    ...shared(ticket, around),
    audience: "customer",
    attached: { count: attachedTo(ticket).publicCount, bytes: attachedTo(ticket).publicBytes },
    updatedAt: ticket.publicAt.toISOString(),
    unread: ticket.latest.by !== "customer" && (around.readSeq ?? 0) < ticket.publicSeq,
    requester: { name: ticket.requester.name, email: ticket.requester.email },
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
    sla: { firstResponse: null, nextResponse: null, resolution: null },
    routing: around.whole ? toRouting(ticket.routing) : null,
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
    mine: message.author.id === viewer.id,
    seq: viewer.staff ? message.seq : (message.publicSeq ?? 0),
    at: message.at.toISOString(),
  };
}
