import * as closed from "../../emails/closed.tsx";
import * as closingSoon from "../../emails/closing-soon.tsx";
import type { Ratings } from "../../emails/parts/rating.tsx";
import * as receipt from "../../emails/receipt.tsx";
import * as reply from "../../emails/reply.tsx";
import * as resolved from "../../emails/resolved.tsx";
import { deskSettings } from "../auth/service.ts";
import { day, now } from "../clock.ts";
import type { EventRow } from "../events.ts";
import { ratingUrl, type LetterFacts } from "../tickets/service.ts";
import { drawn } from "./drawn.ts";
import { headersOf } from "./headers.ts";
import { at } from "./pages.ts";
import { replyAddress } from "./reply-address.ts";
import { moments, type Addressee, type Desk } from "./row-words.ts";
import type { Mail, RequesterKind } from "./schema.ts";
import { turnOffLinks } from "./turn-off.ts";

/**
 * Writes a letter to the requester of a ticket. Null: what it was to be about is over, or gone. An address that is
 * not proved gets no address to answer to: what is sent to it says nothing that somebody chose.
 */
export async function composeToRequester(kind: RequesterKind, to: Addressee, about: LetterFacts, row: EventRow): Promise<Mail | null> {
  const desk = await deskSettings();
  const mail = await worded(kind, to, about, row, desk);
  return mail && { ...mail, headers: headersOf({ kind, ticketId: about.ticketId, personId: to.id }), replyTo: to.verified ? replyAddress(about) : null };
}

function worded(kind: RequesterKind, to: Addressee, about: LetterFacts, row: EventRow, desk: Desk): Promise<Mail> | null {
  const path = `/my/${about.ticketId}`;
  const base = { deskName: desk.name, name: to.name, number: about.number, subject: about.subject };
  const url = at(path);
  const offUrl = turnOffLinks(to.id, kind)?.page ?? null;
  const author = row.actor.kind === "person" ? row.actor.name : null;
  switch (kind) {
    case "receipt":
      return to.verified ? drawn(receipt, { ...base, followUrl: url, confirmUrl: null }) : to.token("follow").then((token) => drawn(receipt, { ...base, followUrl: url, confirmUrl: at("/link", { token, to: path }) }));
    case "reply": {
      if (!about.message) return null;
      const solved = about.resolvedAt?.getTime() === row.at.getTime();
      return drawn(reply, { ...base, ...about.message, url, solved, ratings: solved ? ratingsOf(about, desk) : null });
    }
    case "resolved":
      return about.status === "resolved" || about.status === "closed" ? drawn(resolved, { ...base, author, url, ratings: ratingsOf(about, desk), offUrl }) : null;
    case "closing-soon": {
      const closesAt = Date.parse(String(row.data.closesAt));
      return about.status === "resolved" && !Number.isNaN(closesAt) ? drawn(closingSoon, { ...base, closesAt: moments(closesAt, desk), day: dayOf(closesAt, desk), url, offUrl }) : null;
    }
    case "closed":
      return drawn(closed, { ...base, url, ratings: ratingsOf(about, desk), offUrl });
  }
}

/** "today", "tomorrow" or "on Tuesday", by the calendar of the desk's zone. */
function dayOf(ms: number, { timeZone }: Desk): string {
  const date = (of: number) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(of);
  const today = now().getTime();
  if (date(ms) === date(today)) return "today";
  if (date(ms) === date(today + day)) return "tomorrow";
  return `on ${new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long" }).format(ms)}`;
}

/** The links that rate the resolution; null when the desk asks nobody, or it was rated already. */
function ratingsOf({ ticketId, requesterId, resolvedAt, rated }: LetterFacts, { askRating }: Desk): Ratings {
  if (!askRating || rated || resolvedAt === null) return null;
  return [1, 2, 3, 4, 5].map((score) => ({ score, url: at(ratingUrl({ ticketId, requesterId, resolvedAt }, score)) }));
}
