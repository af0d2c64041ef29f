import * as assigned from "../../emails/assigned.tsx";
import * as bounced from "../../emails/bounced.tsx";
import * as breachRepeated from "../../emails/breach-repeated.tsx";
import * as breach from "../../emails/breach.tsx";
import * as customerReplied from "../../emails/customer-replied.tsx";
import * as digest from "../../emails/digest.tsx";
import * as escalated from "../../emails/escalated.tsx";
import * as lowRating from "../../emails/low-rating.tsx";
import * as mention from "../../emails/mention.tsx";
import type { StaffLetterProps } from "../../emails/parts/ticket.tsx";
import * as reminder from "../../emails/reminder.tsx";
import { deskSettings } from "../auth/service.ts";
import { now } from "../clock.ts";
import type { EventRow } from "../events.ts";
import { moment } from "../spoken-time.ts";
import type { StaffFacts } from "../tickets/service.ts";
import { drawn } from "./drawn.ts";
import { headersOf } from "./headers.ts";
import { at } from "./pages.ts";
import { bounceOf, clockOf, doerOf, levelOf, ratingOf, type Addressee, type Desk } from "./row-words.ts";
import type { Mail, NoticeKind } from "./schema.ts";
import { turnOffLinks } from "./turn-off.ts";
import type { NoticeView } from "./view.ts";

/** Writes a letter to somebody of staff about a row of a ticket that they may see. Null: there is nothing to say. */
export async function composeToStaff(kind: NoticeKind, to: Addressee, about: StaffFacts, row: EventRow): Promise<Mail | null> {
  const desk = await deskSettings();
  const { number, subject, priority, owner, ticketId, requester } = about;
  const base = { deskName: desk.name, ticket: { number, subject, priority, owner, requester: requester.name, url: at(`/desk/${ticketId}`) }, offUrl: turnOffLinks(to.id, kind)?.page ?? null };
  const mail = await worded(kind, base, about, row, desk);
  return mail && { ...mail, headers: headersOf({ kind, ticketId, personId: to.id }) };
}

function worded(kind: NoticeKind, base: StaffLetterProps, { message }: StaffFacts, row: EventRow, desk: Desk): Promise<Mail> | null {
  switch (kind) {
    case "assigned":
      return drawn(assigned, { ...base, by: doerOf(row), reason: row.why });
    case "mention":
      return message && drawn(mention, { ...base, author: message.author, body: message.body });
    case "customer-replied":
      return message && drawn(customerReplied, { ...base, author: message.author, body: message.body, files: message.files.map(({ name }) => name) });
    case "escalated":
      return drawn(escalated, { ...base, to: levelOf(row), by: doerOf(row), reason: row.why });
    case "reminder": {
      const { clock, due, left, reminderIsLate } = clockOf(row, desk);
      return drawn(reminder, { ...base, clock, due, left, late: reminderIsLate });
    }
    case "breach": {
      const { clock, due, late } = clockOf(row, desk);
      return drawn(breach, { ...base, clock, due, late });
    }
    case "breach-repeated": {
      const { clock, due, since, times } = clockOf(row, desk);
      return drawn(breachRepeated, { ...base, clock, due, since, times });
    }
    case "low-rating":
      return drawn(lowRating, { ...base, ...ratingOf(row) });
    case "bounced":
      return drawn(bounced, { ...base, ...bounceOf(row) });
  }
}

const mostItems = 50;

/** Writes one letter for many notices, which the caller found to be for this reader's eyes. Null: there are none. */
export async function composeDigest(to: Addressee, items: readonly NoticeView[]): Promise<Mail | null> {
  if (items.length === 0) return null;
  const desk = await deskSettings();
  const shown = items.slice(0, mostItems).map(({ text, words, ticket, at: when }) => ({ text, words, ticket: ticket && { ...ticket, url: at(`/desk/${ticket.id}`) }, at: moment(Date.parse(when), desk.timeZone, now().getTime()) }));
  const mail = await drawn(digest, { deskName: desk.name, name: to.name, items: shown, more: items.length - shown.length, url: at("/desk"), offUrl: turnOffLinks(to.id, "digest")?.page ?? null });
  return { ...mail, headers: headersOf({ kind: "digest", ticketId: null, personId: to.id }) };
}
