// Who hears what by mail.
// Promises: one letter a fact, frozen before it is sent and sent under one idempotency key; an address that is
// not proved gets one mail a day at most, and what is held goes out when it is proved; a private note is in no
// letter (only public messages can be asked for).
import { letterTo } from "../auth/service.ts";
import { day, minute, now } from "../clock.ts";
import { rowOf } from "../events.ts";
import { sendMail, type MailEvent } from "../mail.ts";
import { letterAbout } from "../tickets/service.ts";
import type { Matter } from "./compose.tsx";
import { heldFor, keep, letterWith, noteFate, noteSent, queuedBefore, release, writtenSince } from "./repo.ts";
import type { Letter, LetterKind } from "./schema.ts";

export { tell } from "./tell.ts";
export { mailWhatIsDue } from "./due.ts";
export { noticesFor, readNotices, readNoticesOf } from "./notices.ts";
export { changeNoticeSettings, noticeSettingsFor } from "./preferences.ts";
export { ways } from "./table.ts";

/** Loaded with the first letter: drawing mails is a third of what the desk would hold in memory at its start. */
const compose = async (...of: Parameters<typeof import("./compose.tsx").compose>) => (await import("./compose.tsx")).compose(...of);

const kindOfRow: Record<string, LetterKind> = {
  "person/link-requested": "link",
  "person/reset-requested": "reset",
  "person/invited": "invitation",
  "person/sign-up-repeated": "already-registered",
};

/** Mails the requester about an opening or a reply by staff; to an unproved address it may be held instead. */
export async function writeAboutTicket(rowId: string): Promise<void> {
  const about = await letterAbout(rowId);
  if (!about || (!about.opening && about.message.side !== "staff")) return;
  await write(about.opening ? "receipt" : "reply", rowId, about.requesterId, { about });
}

/** Mails a person what they (or an admin for them) asked for. */
export async function writeToPerson(rowId: string): Promise<void> {
  const row = await rowOf(rowId);
  const kind = row ? kindOfRow[row.type] : undefined;
  if (row && kind) await write(kind, rowId, row.subject.id, { invitedBy: row.type === "person/invited" ? row.actor.name : null });
}

async function write(kind: LetterKind, rowId: string, personId: string, matter: Matter): Promise<void> {
  const key = `${rowId}:${kind}`;
  const to = await letterTo(personId);
  if (!to?.active) return;
  const linked = kind !== "reply" && !(kind === "receipt" && to.verified);
  const earlier = linked ? await letterWith(key) : null;
  if (earlier) return send(earlier); // asked again: no new link is made for a letter that has its own
  const unproved = !to.verified && kind !== "invitation";
  const holds = unproved && (kind === "reply" || (await writtenSince(personId, new Date(now().getTime() - day))) > 0);
  const mail = holds ? null : await compose(kind, to, matter);
  if (!holds && !mail) return;
  await send(await keep({ _id: key, kind, personId, ticketId: matter.about?.ticketId ?? null, to: to.email, mail, state: holds ? "held" : "queued", at: now(), sentAt: null, providerId: null, delivery: null }));
}

async function send(letter: Letter): Promise<void> {
  if (letter.state !== "queued" || !letter.mail) return;
  await noteSent(letter._id, await sendMail({ to: letter.to, ...letter.mail }, letter._id), now());
}

/** The address is proved: replies that were held go out; receipts and links have nothing more to say. */
export async function sendHeld(personId: string): Promise<void> {
  const to = await letterTo(personId);
  if (!to?.active || !to.verified) return;
  for (const letter of await heldFor(personId)) {
    const about = letter.kind === "reply" ? await letterAbout(letter._id.slice(0, letter._id.lastIndexOf(":"))) : null;
    const mail = about ? await compose(letter.kind, to, { about }) : null;
    const change = { state: mail ? ("queued" as const) : ("dropped" as const), mail, at: now() };
    if (await release(letter._id, change)) await send({ ...letter, ...change });
  }
}

/** Sends what a crash left between writing and sending. Answers how many. */
export async function sendLeftBehind(): Promise<number> {
  const left = await queuedBefore(new Date(now().getTime() - minute), 50);
  for (const letter of left) await send(letter);
  return left.length;
}

/** What the mail service tells of a sending stays with its letter. */
export async function noteDelivery(event: MailEvent | null): Promise<void> {
  if (event) await noteFate(event.providerId, event.type);
}
