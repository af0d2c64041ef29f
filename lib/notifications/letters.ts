import { deskSettings, letterTo, system } from "../auth/service.ts";
import { day, now } from "../clock.ts";
import { rowOf, type EventRow } from "../events.ts";
import { slackIsSet } from "../slack.ts";
import { letterAbout, resolvedByReply, staffFacts, type LetterFacts } from "../tickets/service.ts";
import { heldFor, isUnwanted, keep, letterWith, turn, writtenSince } from "./repo.ts";
import { whyOf, type Addressee } from "./row-words.ts";
import type { AccountKind, Letter, LetterKind, NoticeKind, RequesterKind, StaffKind } from "./schema.ts";
import { send } from "./sending.ts";
import { called, slackWords } from "./slack-words.ts";
import { isOptional } from "./turn-off.ts";
import type { NoticeView } from "./view.ts";

/** Loaded with the first letter: drawing mails is a third of what the desk would hold in memory at its start. */
const compose = () => import("./compose.tsx");

const accountKinds: Record<string, AccountKind> = {
  "person/link-requested": "link",
  "person/reset-requested": "reset",
  "person/invited": "invitation",
  "person/sign-up-repeated": "already-registered",
};

/** Mails a person what they (or an admin for them) asked for. */
export async function writeToPerson(rowId: string): Promise<void> {
  const row = await rowOf(rowId);
  const kind = row ? accountKinds[row.type] : undefined;
  const to = row && kind ? await letterTo(row.subject.id) : null;
  if (!row || !kind || !to?.active) return;
  const of = { _id: `${rowId}:${kind}`, kind, to, row, ticketId: null };
  const earlier = await letterWith(of._id);
  if (earlier) return send(earlier); // asked again: no new link is made for a letter that has its own
  const holds = !to.verified && kind !== "invitation" && (await hadMailToday(to));
  const mail = holds ? null : await (await compose()).composeAccount(kind, to, kind === "invitation" ? row.actor.name : null);
  await send(await keep(entry(of, { mail, state: holds ? "held" : "queued", ...(holds || kind === "invitation" ? {} : soleOf(to)) })));
}

/** Two letters at once both find that there was none yet today: the database takes one of them. */
const soleOf = (to: Addressee) => (to.verified ? {} : { sole: `${to.id} ${now().toISOString().slice(0, 10)}` });
const hadMailToday = async (to: Addressee) => (await writtenSince(to.id, new Date(now().getTime() - day))) > 0;

const requesterKinds: Record<string, RequesterKind> = {
  "ticket/opened": "receipt",
  "ticket/replied": "reply",
  "ticket/resolved": "resolved",
  "ticket/nudged": "closing-soon",
  "ticket/closed": "closed",
};

/**
 * Mails the requester about a row of their ticket: an opening, a reply by staff, a resolution without one, the last
 * nudge, the closing. To an unproved address it may be held, or be left, which the ledger says. Safe to repeat.
 */
export async function writeAboutTicket(rowId: string): Promise<void> {
  const row = await rowOf(rowId);
  const kind = row ? requesterKinds[row.type] : undefined;
  const about = row && kind ? await letterAbout(row) : null;
  if (!row || !kind || !about || !(await concernsRequester(kind, row, about))) return;
  const to = await letterTo(about.requesterId);
  if (!to?.active) return;
  const of = { _id: `${rowId}:${kind}`, kind, to, row, ticketId: about.ticketId };
  const earlier = kind === "receipt" && !to.verified ? await letterWith(of._id) : null;
  if (earlier) return send(earlier);
  const holds = !to.verified && (kind === "reply" || (kind === "receipt" && (await hadMailToday(to))));
  if (holds) return void (await keep(entry(of, { mail: null, state: "held" })));
  const reason = !to.verified && kind !== "receipt" ? "The address is not confirmed." : isOptional(kind) && (await isUnwanted(to.id, kind)) ? "The customer wants no such letters." : null;
  if (reason) return void (await keep(entry(of, { mail: null, state: "dropped", lastError: reason })));
  const mail = await (await compose()).composeToRequester(kind, to, about, row);
  if (mail) await send(await keep(entry(of, { mail, state: "queued", ...soleOf(to) })));
}

/** Whether a row is news for the requester: not their own words or acts, and nothing that another letter says already. */
async function concernsRequester(kind: RequesterKind, row: EventRow, about: LetterFacts): Promise<boolean> {
  if (kind === "reply") return about.message?.side === "staff";
  if (kind === "resolved") return row.actor.kind !== "visitor" && row.actor.id !== about.requesterId && !(await resolvedByReply(row));
  return true;
}

/**
 * Mails somebody of staff about a row of a ticket that they may see at this moment, or a digest of `facts`. One
 * letter for a row, kind and person, however often it is asked for. None to an address that is not proved: who was
 * invited may be somebody else. Throws when the mail was not taken: ask again.
 */
export async function writeLetter({ kind, rowId, personId, facts }: { kind: StaffKind; rowId: string; personId: string; facts?: { items: readonly NoticeView[] } }): Promise<void> {
  const key = `${rowId}:${kind}:${personId}`;
  const earlier = await letterWith(key);
  if (earlier) return send(earlier);
  const to = await letterTo(personId);
  if (!to?.active || !to.verified) return;
  if (kind === "digest") {
    const mail = await (await compose()).composeDigest(to, facts?.items ?? []);
    if (mail) await send(await keep(entry({ _id: key, kind, to, row: null, ticketId: null }, { mail, state: "queued" })));
    return;
  }
  const row = await rowOf(rowId);
  const about = row ? await staffFacts(await to.actor(), row) : null;
  const mail = row && about ? await (await compose()).composeToStaff(kind, to, about, row) : null;
  if (mail) await send(await keep(entry({ _id: key, kind, to, row, ticketId: about?.ticketId ?? null }, { mail, state: "queued" })));
}

/**
 * Posts to the desk's Slack channel about a row of a ticket; nothing where no webhook is set. `mention` is a Slack id,
 * or a name to write in front. One message for a row and kind; after a kill it may come twice, and then says so.
 */
export async function postToSlack({ kind, rowId, mention }: { kind: NoticeKind; rowId: string; mention?: string }): Promise<void> {
  if (!slackIsSet()) return;
  const key = `${rowId}:${kind}:slack`;
  const earlier = await letterWith(key);
  if (earlier) return send(earlier);
  const row = await rowOf(rowId);
  const about = row ? await staffFacts(system("slack"), row) : null;
  if (!row || !about) return;
  const post = `${mention ? called(mention) : ""}${slackWords(kind, about, row, await deskSettings())}`;
  const letter = entry({ _id: key, kind, to: null, row, ticketId: about.ticketId }, { mail: null, state: "queued" });
  await send(await keep({ ...letter, channel: "slack", post }));
}

type Of = { _id: string; kind: LetterKind; to: Addressee | null; row: EventRow | null; ticketId: string | null };

const entry = ({ _id, kind, to, row, ticketId }: Of, stand: Pick<Letter, "mail" | "state" | "sole"> & { lastError?: string }): Letter => ({
  _id, channel: "mail", kind, personId: to?.id ?? null, ticketId, ...(row ? { rowId: row._id } : {}), to: to?.email ?? "Slack", why: whyOf(kind, row),
  at: now(), sentAt: null, attempts: 0, providerId: null, delivery: null, ...stand,
});

/** The address is proved: replies that were held go out; receipts and links have nothing more to say. */
export async function sendHeld(personId: string): Promise<void> {
  const to = await letterTo(personId);
  if (!to?.active || !to.verified) return;
  for (const letter of await heldFor(personId)) {
    const row = letter.kind === "reply" ? await rowOf(letter._id.slice(0, letter._id.indexOf(":"))) : null;
    const about = row ? await letterAbout(row) : null;
    const mail = row && about ? await (await compose()).composeToRequester("reply", to, about, row) : null;
    const change = { state: mail ? ("queued" as const) : ("dropped" as const), mail, at: now(), ...(mail ? {} : { lastError: "It had nothing more to say once the address was confirmed." }) };
    if (await turn(letter._id, ["held"], { $set: change })) await send({ ...letter, ...change });
  }
}
