import { now } from "../clock.ts";
import type { MailEvent } from "../mail.ts";
import { letterOf, noteFate } from "./repo.ts";

/** What the mail service tells of a sending stays with its letter. */
export async function noteMailEvent(event: MailEvent | null): Promise<void> {
  if (event === null || event.type === "received") return;
  const letter = await letterOf(event);
  if (letter) await noteFate(letter._id, event.type, event.reason, now());
}
