import { z } from "zod";
import { TimeZone } from "../auth/schema.ts";
import { Id } from "../ids.ts";

export const LetterKind = z.enum(["receipt", "reply", "link", "reset", "invitation", "already-registered"]);
export type LetterKind = z.infer<typeof LetterKind>;

/** A mail as it was written, frozen before it is sent; `_id` (event row and kind) is its idempotency key. */
export const Letter = z.object({
  _id: z.string(),
  kind: LetterKind,
  personId: Id,
  ticketId: Id.nullable(),
  to: z.string(),
  mail: z.object({ subject: z.string(), html: z.string(), text: z.string() }).nullable().describe("null while held, for its links are made when it goes out, and once it is sent"),
  state: z.enum(["held", "queued", "sent", "dropped"]),
  at: z.date(),
  sentAt: z.date().nullable(),
  providerId: z.string().nullable(),
  delivery: z.enum(["delivered", "bounced", "complained"]).nullable().describe("what the mail service told of it"),
});
export type Letter = z.infer<typeof Letter>;

/** What people of staff are told of; each is a notice in the page and, by their settings, a mail. */
export const NoticeKind = z.enum(["assigned", "mention", "customer-replied", "escalated", "reminder", "breach", "breach-repeated", "low-rating", "bounced"]);
export type NoticeKind = z.infer<typeof NoticeKind>;

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
