import { sightOf } from "../auth/policy.ts";
import { AppError } from "../errors.ts";
import type { Audience, EventRow, NewEvent } from "../events.ts";
import { newId, type Id } from "../ids.ts";
import { demandRoom, withFiles } from "./attached.ts";
import { rankOf, unsolvedStatuses, type AttachedFile, type Category, type Channel, type Doer, type Level, type Message, type Priority, type RoutingDecision, type Status, type Ticket, type Visibility } from "./schema.ts";
import { snippetOf, withTerms } from "./terms.ts";

export { onRate } from "./rating-rules.ts";
export { termsOf } from "./terms.ts";
export type { ClockAct, Look, TimedAct } from "./automatic-rules.ts";

/** Who acts, on which side of the desk they speak, and when. */
export type Act = { by: Doer; side: "customer" | "staff" | "system"; at: Date };

export type NewMessage = { body: string; visibility: Visibility; once: string | null; files?: readonly AttachedFile[]; mentions?: readonly { id: Id; name: string }[] };

/** What follows from an act: new values, what happened, and a message. `save` numbers and stores it as one. */
export type Change = { set: Partial<Ticket>; happened: NewEvent[]; message?: NewMessage };

/** The fields whose change raises `version`, which If-Match checks. */
const versioned: ReadonlySet<keyof Ticket> = new Set(["status", "priority", "category", "queueId", "level", "assigneeId", "tags"]);

export const isUnsolved = (status: Status): boolean => unsolvedStatuses.includes(status);

/** Statuses that count against an agent's capacity. */
export const workingStatuses: readonly Status[] = ["new", "open"];

export const unlookedAt: Category = { name: "general", confidence: 0, by: "default", why: "Nobody has looked at it yet." };

const settled = (ticket: Ticket): Ticket["routing"] => ({ ...ticket.routing, state: "settled", escalatedForLack: false });
const waitingSince = (ticket: Ticket, at: Date): Ticket["routing"] => ({ ...ticket.routing, state: "waiting", since: at, escalatedForLack: false });

/** A person of staff who acts on a ticket that was escalated only for lack of a free agent takes it out of the drain. */
const touched = (ticket: Ticket, act: Act): Partial<Ticket> => (act.side === "staff" && act.by.kind === "person" && ticket.routing.escalatedForLack ? { routing: settled(ticket) } : {});

export type Opening = {
  id?: Id;
  number: number;
  subject: string;
  body: string;
  files?: readonly AttachedFile[];
  channel: Channel;
  requester: { id: Id; name: string; email: string };
  visitor: string | null;
  category: Category;
  priority: Priority;
  tags: string[];
  follows: Ticket["follows"];
  once: string | null;
};

/** A ticket as nobody has seen it yet, before its first change (`opened`) is applied. */
export function blank(opening: Opening, act: Act): Ticket {
  return {
    _id: opening.id ?? newId(),
    number: opening.number,
    subject: opening.subject,
    status: "new",
    priority: opening.priority,
    priorityRank: rankOf(opening.priority),
    level: "l1",
    channel: opening.channel,
    category: opening.category,
    queueId: null,
    requester: opening.requester,
    visitor: opening.visitor,
    assigneeId: null,
    watcherIds: [],
    sight: [],
    tags: opening.tags,
    routing: { state: "waiting", since: act.at, escalatedForLack: false, decision: null },
    resolution: null,
    closure: null,
    sla: null,
    follows: opening.follows,
    openedBy: act.by,
    latest: { snippet: "", by: act.side, at: act.at },
    messageCount: 0,
    terms: withTerms([], `${opening.number} ${opening.subject} ${opening.requester.name} ${opening.requester.email}`, "public"),
    version: 0,
    seq: 0,
    publicSeq: 0,
    once: opening.once,
    createdAt: act.at,
    updatedAt: act.at,
    publicAt: act.at,
  };
}

/** The first change of every ticket. */
export function opened(ticket: Ticket, { body, files = [] }: Pick<Opening, "body" | "files">): Change {
  demandRoom(ticket.attached, files, "customer");
  return {
    set: { status: "new" },
    happened: [{ type: "ticket/opened", public: true, data: { channel: ticket.channel, follows: ticket.follows?.number ?? null } }],
    message: { body, visibility: "public", once: null, files },
  };
}

/** A new ticket with its first row and message. */
export function openedWith(of: Opening, act: Act): { ticket: Ticket; rows: EventRow[]; message: Message | null } {
  const ticket = blank(of, act);
  return apply(ticket, opened(ticket, of), act);
}

/** A public reply. By staff it begins a new ticket; by the customer it reopens; a closed ticket takes none. */
export function onReply(ticket: Ticket, message: NewMessage, act: Act, status?: Status): Change {
  if (ticket.status === "closed") throw new AppError("conflict", "This ticket is closed. A reply opens a follow-up.");
  demandRoom(ticket.attached, message.files, act.side);
  const replied: Change = { set: touched(ticket, act), happened: [{ type: "ticket/replied", public: true, data: { side: act.side } }], message };
  if (act.side === "customer") {
    if (ticket.status === "resolved") return merged(replied, reopened(ticket, "The customer wrote again."));
    if (ticket.status === "pending" || ticket.status === "on_hold") return merged(replied, statusChange(ticket, "open", "The customer answered."));
    return replied;
  }
  if (status === "resolved") return merged(replied, onResolve({ ...ticket, ...replied.set }, act, "Sent with the reply."));
  if (status !== undefined && status !== ticket.status) return merged(replied, statusChange(ticket, status, "Sent with the reply."));
  if (ticket.status === "new") return merged(replied, statusChange(ticket, "open", "Staff answered for the first time."));
  return replied;
}

/** A private note changes nothing but the thread, and who watches: those mentioned in it do from then on. */
export function onNote(ticket: Ticket, message: NewMessage, act: Act): Change {
  demandRoom(ticket.attached, message.files, act.side);
  const mentions = (message.mentions ?? []).map(({ id }) => id);
  const watcherIds = [...new Set([...ticket.watcherIds, ...mentions])];
  return {
    set: { ...touched(ticket, act), ...(watcherIds.length > ticket.watcherIds.length ? { watcherIds } : {}) },
    happened: [{ type: "ticket/noted", ...(mentions.length > 0 ? { data: { mentions } } : {}) }],
    message,
  };
}

/** Both changes, the second of which was decided after the first. */
export const merged = (first: Change, second: Change): Change => ({ ...first, set: { ...first.set, ...second.set }, happened: [...first.happened, ...second.happened] });

function statusChange(ticket: Ticket, to: Status, why: string | null): Change {
  return { set: { status: to }, happened: [{ type: "ticket/status-changed", public: true, why, data: { from: ticket.status, to } }] };
}

/** An owner who left can't answer: without one, a reopened ticket is routed again. */
function reopened(ticket: Ticket, why: string): Change {
  const routed = ticket.assigneeId === null;
  return {
    set: { status: "open", resolution: null, ...(routed ? { routing: waitingSince(ticket, ticket.updatedAt) } : {}) },
    happened: [{ type: "ticket/reopened", public: true, why, data: { from: ticket.status } }, ...(routed ? [{ type: "ticket/needs-owner" }] : [])],
  };
}

export function onResolve(ticket: Ticket, act: Act, why: string | null = null): Change {
  if (ticket.status === "closed") throw new AppError("conflict", "This ticket is closed already.");
  if (ticket.status === "resolved") throw new AppError("conflict", "This ticket is resolved already.");
  return {
    set: { ...touched(ticket, act), status: "resolved", resolution: { at: act.at, by: act.by }, routing: settled(ticket) },
    happened: [{ type: "ticket/resolved", public: true, why, data: { from: ticket.status } }],
  };
}

export function onReopen(ticket: Ticket, act: Act): Change {
  if (ticket.status !== "resolved") throw new AppError("conflict", ticket.status === "closed" ? "A closed ticket stays closed. A reply opens a follow-up." : "This ticket is not resolved.");
  return reopened({ ...ticket, updatedAt: act.at }, act.side === "customer" ? "The customer reopened it." : "Staff reopened it.");
}

export function onClose(ticket: Ticket, act: Act, why: string | null = null): Change {
  if (ticket.status === "closed") throw new AppError("conflict", "This ticket is closed already.");
  return {
    set: { status: "closed", closure: { at: act.at, by: act.by }, routing: settled(ticket) },
    happened: [{ type: "ticket/closed", public: true, why, data: { from: ticket.status } }],
  };
}

/** Statuses that a person may set by hand; all others have a verb of their own. */
export function onStatus(ticket: Ticket, to: "open" | "pending" | "on_hold"): Change {
  if (ticket.status === to) return { set: {}, happened: [] };
  if (ticket.status === "closed" || ticket.status === "resolved") throw new AppError("conflict", `This ticket is ${ticket.status}. Reopen it first.`);
  return statusChange(ticket, to, null);
}

export function onEdit(ticket: Ticket, edit: { priority?: Priority | undefined; tags?: string[] | undefined; category?: { name: string; queueId: Id | null } | undefined; status?: "open" | "pending" | "on_hold" | undefined }, act: Act): Change {
  let change: Change = { set: touched(ticket, act), happened: [] };
  const { priority, tags, category, status } = edit;
  if (priority !== undefined && priority !== ticket.priority) {
    change = merged(change, { set: { priority, priorityRank: rankOf(priority) }, happened: [{ type: "ticket/priority-changed", data: { from: ticket.priority, to: priority } }] });
  }
  if (category !== undefined && category.name !== ticket.category.name) {
    const corrected: Category = { name: category.name, confidence: 1, by: "person", why: `${act.by.name} set it.` };
    change = merged(change, { set: { category: corrected, queueId: category.queueId }, happened: [{ type: "ticket/category-changed", data: { from: ticket.category.name, to: category.name } }] });
  }
  if (tags !== undefined && tags.join() !== ticket.tags.join()) {
    change = merged(change, { set: { tags }, happened: [{ type: "ticket/tags-changed", data: { from: ticket.tags, to: tags } }] });
  }
  return status === undefined ? change : merged(change, onStatus(ticket, status));
}

/** Gives the ticket to a person. Level `manager` goes back to `l1` only when it was there for lack of a free agent. */
export function onAssign(ticket: Ticket, to: { id: Id; name: string }, act: Act, more: { why?: string; set?: Partial<Ticket>; before?: NewEvent[] } = {}): Change {
  if (ticket.status === "closed") throw new AppError("conflict", "A closed ticket has no owner to change.");
  if (ticket.assigneeId === to.id && !more.set) return { set: {}, happened: [] };
  const level: Level = ticket.routing.escalatedForLack ? "l1" : ticket.level;
  return {
    set: { assigneeId: to.id, level, routing: settled(ticket), ...more.set },
    happened: [...(more.before ?? []), { type: "ticket/assigned", public: true, why: more.why ?? null, data: { from: ticket.assigneeId, to: to.id, name: to.name } }],
  };
}

/** Takes the owner away: the ticket waits for routing again. */
export function onUnassign(ticket: Ticket, act: Act, why: string | null = null): Change {
  if (!isUnsolved(ticket.status)) throw new AppError("conflict", "Only an unsolved ticket can go back to its queue.");
  if (ticket.assigneeId === null) return { set: {}, happened: [] };
  return {
    set: { assigneeId: null, routing: waitingSince(ticket, act.at) },
    happened: [{ type: "ticket/unassigned", why, data: { from: ticket.assigneeId } }, { type: "ticket/needs-owner" }],
  };
}

/** Moves the ticket to a level. `l1` hands back; without an owner it is routed again. */
export function onEscalate(ticket: Ticket, level: Level, why: string): Change {
  if (!isUnsolved(ticket.status)) throw new AppError("conflict", `This ticket is ${ticket.status}. Reopen it first.`);
  if (ticket.level === level) throw new AppError("conflict", `This ticket is at level ${level} already.`);
  const routed = level === "l1" && ticket.assigneeId === null;
  return {
    set: { level, routing: routed ? waitingSince(ticket, ticket.updatedAt) : settled(ticket) },
    happened: [{ type: "ticket/escalated", why, data: { from: ticket.level, to: level } }, ...(routed ? [{ type: "ticket/needs-owner" }] : [])],
  };
}

/** Routing's own note on a ticket that nobody could be given to: it waits on, or a manager gets it meanwhile. */
export function onNobodyFree(ticket: Ticket, { set, before }: { set: Partial<Ticket>; before: NewEvent[] }, decision: RoutingDecision, manager: { id: Id; name: string } | null): Change {
  if (decision.outcome !== "escalated") return { set: { ...set, routing: { ...ticket.routing, decision } }, happened: before };
  return {
    set: { ...set, level: "manager", assigneeId: manager?.id ?? null, routing: { ...ticket.routing, state: "waiting", escalatedForLack: true, decision } },
    happened: [
      ...before,
      ...(ticket.level === "manager" ? [] : [{ type: "ticket/escalated", why: decision.why, data: { from: ticket.level, to: "manager" } }]),
      ...(manager ? [{ type: "ticket/assigned", public: true, why: "Looks after it until somebody is free.", data: { from: ticket.assigneeId, to: manager.id, name: manager.name } }] : []),
    ],
  };
}

/** The state after a change, its numbered rows and its message. Pure: the same for services, histories and tests. */
export function apply(ticket: Ticket, change: Change, act: Act): { ticket: Ticket; rows: EventRow[]; message: Message | null } {
  const raised = Object.keys(change.set).some((field) => versioned.has(field as keyof Ticket)) || ticket.seq === 0;
  const active = change.happened.some((event) => !event.quiet);
  const after: Ticket = { ...ticket, ...change.set, version: ticket.version + (raised ? 1 : 0), ...(active ? { updatedAt: act.at, ...(ticket.nudgedAt ? { nudgedAt: null } : {}) } : {}) };
  const sight = sightOf(after);
  if (sight.join() !== ticket.sight.join()) after.sight = sight;
  const message = change.message ? toMessage(ticket, change.message, act) : null;
  const rows = change.happened.map((event): EventRow => {
    after.seq += 1;
    if (event.public) Object.assign(after, { publicSeq: after.publicSeq + 1, publicAt: act.at });
    const carries = message !== null && (event.type === "ticket/opened" || event.type === "ticket/replied" || event.type === "ticket/noted");
    if (carries) Object.assign(message, { seq: after.seq, publicSeq: message.visibility === "public" ? after.publicSeq : null });
    return {
      _id: newId(), subject: { kind: "ticket", id: ticket._id }, seq: after.seq, publicSeq: event.public ? after.publicSeq : null, version: after.version, type: event.type, actor: act.by,
      data: { ...event.data, ...(carries ? { messageId: message._id } : {}) }, why: event.why ?? null, audience: audienceOf(ticket, after), at: act.at, announcedAt: null,
    };
  });
  if (message) {
    const files = message.attachments ?? [];
    after.terms = withTerms(ticket.terms, [message.body, ...files.map(({ name }) => name)].join(" "), message.visibility);
    if (files.length > 0) after.attached = withFiles(ticket.attached, files, message.visibility);
    if (message.visibility === "public") {
      after.latest = { snippet: snippetOf(message.body || files.map(({ name }) => name).join(", ")), by: message.side, at: act.at };
      after.messageCount = ticket.messageCount + 1;
    }
  }
  return { ticket: after, rows, message };
}

const toMessage = (ticket: Ticket, { body, visibility, once, files = [], mentions = [] }: NewMessage, act: Act): Message => ({
  _id: newId(), ticketId: ticket._id, visibility, author: act.by, side: act.side, body, ...(files.length > 0 ? { attachments: [...files] } : {}), ...(mentions.length > 0 ? { mentions: [...mentions] } : {}), seq: 0, publicSeq: null, once, at: act.at,
});

/** Those who see it before or after; the one who owned it may lose sight. */
function audienceOf(before: Ticket, after: Ticket): Audience {
  const staffIds = [after.assigneeId, before.assigneeId, ...after.watcherIds].filter((id): id is string => id !== null);
  const lost = before.assigneeId !== null && before.assigneeId !== after.assigneeId ? [before.assigneeId] : [];
  return { customerId: after.requester.id, staffIds: [...new Set(staffIds)], queueId: after.queueId, lostSight: lost };
}
