import { z } from "zod";
import { TimeZone } from "../auth/schema.ts";
import { Id } from "../ids.ts";

/** About an account. */
const accountKinds = ["link", "reset", "invitation", "already-registered"] as const;
/** To the requester, about their ticket. */
const requesterKinds = ["receipt", "reply", "resolved", "closing-soon", "closed"] as const;

export const AccountKind = z.enum(accountKinds);
export type AccountKind = z.infer<typeof AccountKind>;
export const RequesterKind = z.enum(requesterKinds);
export type RequesterKind = z.infer<typeof RequesterKind>;
/** What people of staff are told of; each is a notice in the page and, by their settings, a mail. */
export const NoticeKind = z.enum(["assigned", "mention", "customer-replied", "escalated", "reminder", "breach", "breach-repeated", "low-rating", "bounced"]);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** Letters to staff: of one notice, or of many. */
export const StaffKind = z.enum([...NoticeKind.options, "digest"]);
export type StaffKind = z.infer<typeof StaffKind>;
export const LetterKind = z.enum([...accountKinds, ...requesterKinds, ...StaffKind.options]);
export type LetterKind = z.infer<typeof LetterKind>;

/** A mail as it is handed to the mail service, word for word. */
export const Mail = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  replyTo: z.string().nullish(),
});
export type Mail = z.infer<typeof Mail>;

/** What a mail or Slack message was, once it is gone: nothing in it signs in, rates or answers. */
const Kept = z.object({ subject: z.string(), text: z.string() });

/** One sending, by mail or to Slack: a row of the ledger. `_id` (event row, kind, person) is its idempotency key. */
export const Letter = z.object({
  _id: z.string(),
  channel: z.enum(["mail", "slack"]).optional().describe("absent: mail"),
  kind: LetterKind,
  personId: Id.nullable().describe("null: nobody in person, as in Slack"),
  ticketId: Id.nullable(),
  rowId: z.string().optional().describe("the event row it tells of"),
  to: z.string().describe("an address, or Slack"),
  why: z.string().optional().describe("why it was written, in one sentence"),
  mail: Mail.nullable().describe("what is to be sent; null while held, for its links are made when it goes out, and once it is sent"),
  post: z.string().nullish().describe("what is to be posted to Slack; null once it is posted"),
  kept: Kept.nullish().describe("the words for whoever looks later; none where a link in them signs in"),
  state: z.enum(["held", "queued", "sending", "sent", "dropped"]).describe("sending: an attempt to post to Slack has begun and has not told how it ended"),
  at: z.date(),
  sentAt: z.date().nullable(),
  sole: z.string().optional().describe("person and day: the only mail of that day to an address that is not proved"),
  attempts: z.number().int().optional(),
  lastError: z.string().nullish().describe("why the last attempt failed, or why it was dropped"),
  nextAt: z.date().nullish().describe("the sweep leaves it alone until then"),
  startedAt: z.date().nullish().describe("when the attempt that is under way began"),
  unsure: z.number().int().optional().describe("attempts to post of which nobody knows how they ended"),
  providerId: z.string().nullable(),
  delivery: z.enum(["delivered", "bounced", "complained"]).nullable().describe("what the mail service told of it"),
  deliveryAt: z.date().nullish(),
  deliveryReason: z.string().nullish().describe("what the other side said when it refused"),
});
export type Letter = z.infer<typeof Letter>;

/** away: only while the person is not at the desk. */
export const MailChoice = z.enum(["always", "away", "never"]);
export type MailChoice = z.infer<typeof MailChoice>;

/** What one person is told of one row. What may change (subject, number, whether they may see it) is read when it is shown. */
export const Notice = z.object({
  _id: z.string().describe("event row, kind and person: told once, however often the row is heard"),
  rowId: Id,
  kind: NoticeKind,
  personId: Id,
  ticketId: Id,
  seq: z.number().int().describe("of the event row"),
  by: z.string().nullable().describe("name of the person behind it; null: the desk itself"),
  words: z.string().nullable().describe("beginning of the message, reason or comment, for staff"),
  detail: z.string().nullable().describe("the clock, level or score that it is about"),
  at: z.date(),
  readAt: z.date().nullable(),
  mailAt: z.date().nullable().describe("when it is mailed if unread; null: never, or done"),
  gathered: z.boolean().describe("mailed in one letter together with all that are due at the same time"),
});
export type Notice = z.infer<typeof Notice>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 18:30");
export const Digest = z.object({ every: z.enum(["off", "hour", "day"]), at: TimeOfDay.default("08:00").describe("of the day's letter") });
export const QuietHours = z.object({ from: TimeOfDay, to: TimeOfDay }).refine(({ from, to }) => from !== to, { path: ["to"], message: "must differ from the beginning" });

/** How a person wants to be told; what they never changed is as the table of notices has it. */
export const NoticeSettings = z.object({
  _id: Id.describe("the person"),
  mail: z.partialRecord(NoticeKind, MailChoice),
  digest: Digest,
  quietHours: QuietHours.nullable().describe("mail that comes up in them waits for their end"),
  timeZone: z.string().nullable().describe("null: the desk's"),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

export const NoticesQuery = z.object({ unread: z.enum(["true", "false"]).optional(), limit: z.coerce.number().int().min(1).max(200).default(50), cursor: z.string().max(500).optional() });
export const ReadNoticesInput = z.object({ ids: z.array(z.string().max(200)).max(200).optional(), before: z.iso.datetime({ offset: true }).optional().describe("all that are no newer; without ids and this: all") });
export const NoticeSettingsInput = z.object({
  mail: z.partialRecord(NoticeKind, MailChoice).optional(),
  digest: Digest.optional(),
  quietHours: QuietHours.nullable().optional(),
  timeZone: TimeZone.nullable().optional().describe("null: the desk's"),
});

/** Letters that a requester does not want any more; what they do about staff is in the settings of notices. */
export const Unwanted = z.object({ _id: z.string().describe("person and kind"), at: z.date() });
/** `page`: asked from our page, which is shown again; without it by a mail program. `on`: they want them after all. */
export const MailOffInput = z.object({ token: z.string().max(200), page: z.string().optional(), on: z.string().optional() });
