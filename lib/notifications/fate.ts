import { now } from "../clock.ts";
import type { Fate, MailEvent } from "../mail.ts";
import { noteBounce } from "../tickets/service.ts";
import { takeAnswer } from "./arrivals.ts";
import { letterOf, noteFate } from "./repo.ts";
import { RequesterKind } from "./schema.ts";

/** What the mail service tells: of a mail that came in, or of what became of one that we sent. */
export async function noteMailEvent(event: MailEvent | null): Promise<void> {
  if (event?.type === "received") await takeAnswer(event.mailId);
  else if (event) await noteSending(event);
}

/** What became of a sending stays with its letter; staff are told on the ticket when the requester did not get it. */
async function noteSending(event: Fate): Promise<void> {
  const letter = await letterOf(event);
  if (!letter) return;
  const lost = event.type !== "delivered" && letter.ticketId !== null && RequesterKind.safeParse(letter.kind).success;
  if (lost) await noteBounce(letter.ticketId ?? "", { letter: letter._id, address: letter.to, reason: event.reason, complained: event.type === "complained" });
  await noteFate(letter._id, event.type, event.reason, now());
}
