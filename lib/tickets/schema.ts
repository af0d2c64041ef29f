import { z } from "zod";
import { CategoryName, Email, Line, Name } from "../auth/schema.ts";
import { fileLimits } from "../file-size.ts";
import { Id } from "../ids.ts";

export const Status = z.enum(["new", "open", "pending", "on_hold", "resolved", "closed"]);
export type Status = z.infer<typeof Status>;
export const unsolvedStatuses: readonly Status[] = ["new", "open", "pending", "on_hold"];
export const Priority = z.enum(["low", "normal", "high", "urgent"]);
export type Priority = z.infer<typeof Priority>;
export const rankOf = (priority: Priority): number => Priority.options.indexOf(priority);
export const Level = z.enum(["l1", "engineering", "manager"]);
export type Level = z.infer<typeof Level>;
export const Channel = z.enum(["portal", "chat", "email", "api"]);
export type Channel = z.infer<typeof Channel>;
export const Visibility = z.enum(["public", "private"]);
export type Visibility = z.infer<typeof Visibility>;

/** Who did something: a person, the visitor of a browser, or a rule of the desk. */
export const Doer = z.object({ kind: z.enum(["person", "visitor", "system"]), id: z.string(), name: z.string() });
export type Doer = z.infer<typeof Doer>;

export const Category = z.object({
  name: z.string(),
  confidence: z.number().min(0).max(1),
  by: z.enum(["keywords", "classifier", "person", "default"]),
  why: z.string(),
});
export type Category = z.infer<typeof Category>;

/** One agent whom routing looked at, and why it passed them over (null: chosen). */
export const Considered = z.object({ id: Id, name: z.string(), open: z.number().int().nullable().describe("tickets in work; null when it did not come to counting"), capacity: z.number().int(), passedOver: z.string().nullable() });
export const RoutingDecision = z.object({
  at: z.date(),
  outcome: z.enum(["assigned", "waiting", "escalated"]),
  why: z.string(),
  chosenId: Id.nullable(),
  considered: z.array(Considered),
  passedOverMore: z.number().int().describe("how many more were passed over than are listed"),
});
export type RoutingDecision = z.infer<typeof RoutingDecision>;

/** Where a ticket stands with routing. `waiting` is in the drain; `settled` is not. */
export const Routing = z.object({
  state: z.enum(["waiting", "settled"]),
  since: z.date(),
  escalatedForLack: z.boolean().describe("level manager only because nobody was free: stays in the drain until a person acts"),
  decision: RoutingDecision.nullable(),
});
export type Routing = z.infer<typeof Routing>;

/** A file as its message keeps it. */
export const AttachedFile = z.object({ id: Id, name: z.string(), size: z.number().int().describe("bytes"), type: z.string().describe("by its content") });
export type AttachedFile = z.infer<typeof AttachedFile>;

/** An uploaded file: whose it is, and the message that took it. Its bytes are in attachments.files and .chunks. */
export const Attachment = z.object({
  ...AttachedFile.omit({ id: true }).shape,
  _id: Id,
  owner: z.string().describe("who uploaded it: person:<id> or visitor:<hash of the cookie>"),
  sha256: z.string(),
  state: z.enum(["arriving", "waiting", "claimed", "leaving"]).describe("bytes on their way; whole, in no message yet; in a message; to be swept away"),
  ticketId: Id.nullable(),
  messageId: Id.nullable(),
  at: z.date().describe("when it came into this state"),
});
export type Attachment = z.infer<typeof Attachment>;

/** Files of a ticket, counted; a customer learns of the public ones alone. */
export const Attached = z.object({ count: z.number().int(), bytes: z.number().int(), publicCount: z.number().int(), publicBytes: z.number().int() });
export type Attached = z.infer<typeof Attached>;

export const ClockState = z.enum(["running", "paused", "met", "breached"]);
export type ClockState = z.infer<typeof ClockState>;
/** A service-level clock as it stood when it was last computed; since then a running one may have become late. */
export const TicketClock = z.object({
  state: ClockState,
  startedAt: z.date(),
  dueAt: z.date().nullable().describe("null while paused"),
  remindAt: z.date().nullable().describe("from here on a running clock is due"),
  stoppedAt: z.date().nullable(),
  targetMs: z.number().int().describe("working time"),
  workedMs: z.number().int(),
  pausedMs: z.number().int(),
});
export type TicketClock = z.infer<typeof TicketClock>;
/** The due time of what is never due: it comes last in the order of due times. */
export const never = new Date(Date.UTC(9999, 0));
const clock = TicketClock.nullable().describe("null: nothing is promised");
/** The read copy of a ticket's clocks, which the room of service levels keeps true by `noteClocks`. */
export const TicketSla = z.object({
  seq: z.number().int().describe("of the newest row it was computed from"),
  at: z.date().describe("when the computation began"),
  firstResponse: clock,
  nextResponse: clock.describe("the newest of them"),
  resolution: clock,
  dueAt: z.date().describe("of the next running clock; the year 9999 when none runs"),
  remindAt: z.date().describe("of the next running clock; the year 9999 when none runs"),
  breached: z.boolean().describe("any clock of its life"),
  actAt: z.date().optional().describe("when the desk acts next: reminds, records a breach, tells of it again, nudges or closes; the year 9999 when nothing is ahead; absent in copies of before there were acts"),
  settledAt: z.date().nullish().describe("what had stopped by then was looked at by the rules of then: no later rule breaks it"),
});
export type TicketSla = z.infer<typeof TicketSla>;

const score = z.int("must be 1, 2, 3, 4 or 5").min(1, "must be 1 at least").max(5, "must be 5 at most");
/** What the customer thought of a resolution; one each. */
export const Rating = z.object({ score, comment: z.string().nullable(), at: z.date(), resolvedAt: z.date().describe("the resolution that was rated") });
export type Rating = z.infer<typeof Rating>;

const Stamp = z.object({ at: z.date(), by: Doer });

export const Ticket = z.object({
  _id: Id,
  number: z.number().int(),
  subject: z.string(),
  status: Status,
  priority: Priority,
  priorityRank: z.number().int().describe("0 low to 3 urgent: words don't sort by urgency"),
  level: Level,
  channel: Channel,
  category: Category,
  queueId: Id.nullable(),
  requester: z.object({ id: Id, name: z.string(), email: z.string() }),
  visitor: z.string().nullable().describe("hash of the visitor cookie it was opened with"),
  assigneeId: Id.nullable(),
  watcherIds: z.array(Id),
  sight: z.array(z.string()).describe("keys of those who may see it, made by the policy"),
  tags: z.array(z.string()),
  routing: Routing,
  resolution: Stamp.nullable(),
  closure: Stamp.nullable(),
  sla: TicketSla.nullish().describe("null or absent: not computed yet"),
  rating: Rating.nullish().describe("of the last resolution that was rated"),
  nudgedAt: z.date().nullish().describe("when the customer was told that it will be closed; any activity after it clears it"),
  follows: z.object({ id: Id, number: z.number().int() }).nullable(),
  openedBy: Doer,
  latest: z.object({ snippet: z.string(), by: z.enum(["customer", "staff", "system"]), at: z.date() }).describe("the newest public message"),
  messageCount: z.number().int(),
  attached: Attached.optional().describe("absent: no files"),
  terms: z.array(z.string()).describe("search words; those of private notes begin with a !"),
  version: z.number().int().describe("raised by status, priority, category, queue, level, assignee, tags, merge"),
  seq: z.number().int().describe("of the newest event row"),
  publicSeq: z.number().int().describe("of the newest event row that the customer may see"),
  once: z.string().nullable().describe("idempotency key of the request that opened it"),
  createdAt: z.date(),
  updatedAt: z.date(),
  publicAt: z.date().describe("of the newest row that the customer may see: the only change of which they learn the time"),
});
export type Ticket = z.infer<typeof Ticket>;

export const Message = z.object({
  _id: Id,
  ticketId: Id,
  visibility: Visibility,
  author: Doer,
  side: z.enum(["customer", "staff", "system"]),
  body: z.string(),
  attachments: z.array(AttachedFile).optional().describe("absent: none"),
  mentions: z.array(z.object({ id: Id, name: z.string() })).optional().describe("colleagues named in a private note, as they were called then; absent: none"),
  seq: z.number().int(),
  publicSeq: z.number().int().nullable(),
  once: z.string().nullable(),
  at: z.date(),
});
export type Message = z.infer<typeof Message>;

/** How far a person has read a ticket: `seq` for staff, `publicSeq` for customers. */
export const ReadMark = z.object({ _id: z.string(), personId: z.string(), ticketId: Id, seq: z.number().int(), at: z.date() });

const subject = Line.min(1, "must not be empty").max(200);
const body = z.string().trim().min(1, "must not be empty").max(50_000);
const tag = z.string().trim().toLowerCase().min(1).max(40);
export const Tags = z.array(tag).max(40).transform((tags) => [...new Set(tags)]);

const attachmentIds = z.array(Id).max(fileLimits.perMessage, `may name ${fileLimits.perMessage} files at most`).refine((ids) => new Set(ids).size === ids.length, "must name each file once").optional().describe("uploads of yours that no message has yet");

export const OpenTicketInput = z.object({
  subject,
  body,
  category: CategoryName.optional(),
  priority: Priority.optional(),
  tags: Tags.optional(),
  requester: z.object({ email: Email, name: Name }).optional(),
  attachmentIds,
});
export type OpenTicketInput = z.infer<typeof OpenTicketInput>;

/** The contact form: one level of fields. `once` is made with the form, so that a double click opens one ticket. `files` come along where there is no JavaScript. */
export const ContactInput = z.object({
  subject, body, category: CategoryName.optional(), email: Email.optional(), name: Name.optional(), once: z.string().min(16).max(100).optional(),
  attachmentIds, files: z.array(z.instanceof(File)).max(fileLimits.perMessage, `may be ${fileLimits.perMessage} at most`).optional(),
});

export const MessageInput = z
  .object({
    id: Id,
    body: z.string().trim().max(50_000).describe("may be empty when there are files"),
    visibility: Visibility.default("public"),
    status: z.enum(["open", "pending", "on_hold", "resolved"]).optional(),
    attachmentIds,
    mentionIds: z.array(Id).max(20, "may name 20 people at most").transform((ids) => [...new Set(ids)]).optional().describe("people of staff to be told of a private note; they may read the ticket from then on"),
  })
  .refine(({ body: words, attachmentIds: ids }) => words !== "" || (ids ?? []).length > 0, { path: ["body"], message: "must not be empty" });
export type MessageInput = z.infer<typeof MessageInput>;

export const FileToken = z.object({ token: z.string().max(200), preview: z.string().optional() });
export const TicketId = z.object({ id: Id });
export const ThreadQuery = z.object({ id: Id, after: z.coerce.number().int().min(0).optional() });
export const AssignInput = z.object({ id: Id, assigneeId: Id });
export const EscalateInput = z.object({ id: Id, level: Level, reason: z.string().trim().min(1, "must not be empty").max(2000) });
export const ChangeTicketInput = z.object({
  id: Id,
  priority: Priority.optional(),
  category: CategoryName.optional(),
  tags: Tags.optional(),
  status: z.enum(["open", "pending", "on_hold"], "must be open, pending or on_hold").optional(),
});
const ratingComment = z.string().overwrite((words) => words.replace(/\r\n?/g, "\n")).trim().max(2000, "may have 2,000 characters at most").nullable().transform((words) => words || null).optional();
export const RateInput = z.object({ id: Id, score, comment: ratingComment.describe("left out: stays as it was; null or empty: none") });
/** As a form sends it, with or without JavaScript. */
export const RateByLinkInput = z.object({ token: z.string().max(300), score: z.coerce.number().pipe(score), comment: ratingComment });
export const ReadInput = z.object({ id: Id, seq: z.number().int().min(0) });

const flag = z.string().max(200);
export const sorts = ["updatedAt", "-updatedAt", "createdAt", "-createdAt", "priority", "-priority", "slaDueAt", "-slaDueAt"] as const;
export const TicketQuery = z.object({
  status: flag.optional().describe("one or several of the statuses, separated by commas"),
  queue: Id.optional(),
  assignee: z.union([z.enum(["me", "none"]), Id]).optional(),
  requester: z.union([z.literal("me"), Id]).optional(),
  priority: Priority.optional(),
  category: CategoryName.optional(),
  level: Level.optional(),
  tag: tag.optional(),
  channel: Channel.optional(),
  sla: z.enum(["breached", "due"], "must be breached or due").optional().describe("due: running, and inside its reminder window"),
  q: z.string().trim().max(200).optional(),
  createdAfter: z.iso.datetime({ offset: true }).optional(),
  updatedAfter: z.iso.datetime({ offset: true }).optional(),
  sort: z.enum(sorts).default("-updatedAt"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
export type TicketQuery = z.infer<typeof TicketQuery>;
