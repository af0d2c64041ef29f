import { clip } from "../../emails/parts/clip.ts";
import type { EventRow } from "../events.ts";
import { escaped } from "../slack.ts";
import type { StaffFacts } from "../tickets/service.ts";
import { at } from "./pages.ts";
import { bounceOf, clockOf, doerOf, levelOf, ratingOf, type Desk } from "./row-words.ts";
import type { NoticeKind } from "./schema.ts";

/**
 * A message for a channel, in Slack's mrkdwn. Many read it, so it holds no private note and no words of a thread:
 * what happened, to which ticket, whose it is, with the way to it.
 */
export function slackWords(kind: NoticeKind, { ticketId, number, subject, owner, requester }: StaffFacts, row: EventRow, desk: Desk): string {
  const ticket = `<${at(`/desk/${ticketId}`)}|#${number}> ${escaped(clip(subject, 150))}`;
  const whose = owner === null ? "Nobody owns it." : `Owner: ${escaped(owner)}.`;
  const said = (text: string | null) => (text ? `: ${escaped(clip(text, 300))}` : ".");
  const { clock, due, left, late, reminderIsLate, since } = clockOf(row, desk);
  switch (kind) {
    case "assigned": return `${ticket} was given to ${escaped(owner ?? "nobody")}${said(row.why)}`;
    case "mention": return `${escaped(doerOf(row) ?? "Somebody")} mentioned a colleague in a note on ${ticket}`;
    case "customer-replied": return `${escaped(requester.name)} replied on ${ticket}. ${whose}`;
    case "escalated": return `${ticket} was moved to ${levelOf(row)}${said(row.why)} ${whose}`;
    case "reminder": return `*${left === null ? "Due now" : `${left} left`}* for the ${clock} on ${ticket}. ${whose} Promised for ${due}.${reminderIsLate ? " This reminder is late: the desk was not running." : ""}`;
    case "breach": return `*Too late:* the ${clock} on ${ticket} was promised for ${due}. ${whose}${late ? ` Found ${late} late: the desk was not running.` : ""}`;
    case "breach-repeated": return `*Still late, by ${since}:* the ${clock} on ${ticket}. ${whose} Nobody has acted.`;
    case "low-rating": return `*${ratingOf(row).score} of 5* by ${escaped(requester.name)} on ${ticket}${said(ratingOf(row).comment)} ${whose}`;
    case "bounced": return bounceOf(row).complained ? `The customer of ${ticket} called our mail unwanted. ${whose}` : `Our mail to the customer of ${ticket} came back. ${whose}`;
  }
}

/** A name before a message: Slack's own id of a person or group is called, anything else is only written. */
export const called = (mention: string): string => (/^[UWS][A-Z0-9]{6,}$/.test(mention) ? `<${mention.startsWith("S") ? "!subteam^" : "@"}${mention}> ` : `${escaped(mention)}: `);
