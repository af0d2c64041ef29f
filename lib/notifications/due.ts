import { colleagues, sees, type Colleague } from "../auth/service.ts";
import { now, second } from "../clock.ts";
import { ticketsNow, type TicketNow } from "../tickets/service.ts";
import { writeLetter } from "./letters.ts";
import { notices } from "./repo.ts";
import type { Notice } from "./schema.ts";
import { toNoticeView } from "./view.ts";

/** What is gathered waits as much longer, so that nothing that was told in the last moment comes too late for its letter. */
const gatherMs = 5 * second;
const perSweep = 500;

/** Mails one notice; once, however often it is asked. */
export async function mailNotice({ _id, kind, rowId, personId }: Pick<Notice, "_id" | "kind" | "rowId" | "personId">): Promise<void> {
  await writeLetter({ kind, rowId, personId });
  await mailed([_id]);
}

const mailed = (ids: readonly string[]) => notices().updateMany({ _id: { $in: [...ids] } }, { $set: { mailAt: null } });

/**
 * Sends what is due: mails that waited for the end of quiet hours, digests, and what a crash left. Not what was read
 * meanwhile, nor to somebody who left or may not see the ticket any more. Safe to repeat. Answers how many letters;
 * throws after all were tried when one could not be written, which stays due.
 */
export async function mailWhatIsDue(): Promise<number> {
  const at = now();
  const found = await notices().find({ mailAt: { $lte: at } }).sort({ mailAt: 1 }).limit(perSweep).toArray();
  const alone = found.filter(({ gathered }) => !gathered);
  const together = [...new Map(found.filter(({ gathered, mailAt }) => gathered && mailAt && at.getTime() - mailAt.getTime() >= gatherMs).map((notice) => [`${notice.personId} ${notice.mailAt?.getTime()}`, notice])).values()];
  const letters = [...(await stillWanted(alone)).map((notice) => () => mailNotice(notice)), ...together.map((notice) => () => mailDigest(notice))];
  const outcomes = [];
  for (const write of letters) outcomes.push(...(await Promise.allSettled([write()])));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return letters.length;
}

/** All that one person is due at one time, in one letter named by both; a single notice has its own. */
async function mailDigest({ personId, mailAt }: Pick<Notice, "personId" | "mailAt">): Promise<void> {
  if (!mailAt) return;
  const found = await notices().find({ personId, mailAt, gathered: true }).sort({ at: 1, _id: 1 }).toArray();
  const wanted = await stillWanted(found);
  const [only] = wanted;
  if (!only) return;
  if (found.length === 1) return mailNotice(only);
  await writeLetter({ kind: "digest", rowId: `digest-${mailAt.getTime()}`, personId, facts: { items: wanted.map(({ ticket, ...notice }) => toNoticeView(notice, ticket)) } });
  await mailed(wanted.map(({ _id }) => _id));
}

/** Those that are unread, of people who see their tickets. Of the others no mail will go out. */
async function stillWanted(due: readonly Notice[]): Promise<(Notice & { ticket: TicketNow })[]> {
  if (due.length === 0) return [];
  const [people, tickets] = await Promise.all([colleagues(due.map(({ personId }) => personId), { engineers: false }), ticketsNow(due.map(({ ticketId }) => ticketId))]);
  const seen = (person: Colleague | undefined, ticket: TicketNow | undefined) => (person && ticket && sees(person, ticket) ? [ticket] : []);
  const wanted = due.filter(({ readAt }) => readAt === null).flatMap((notice) => seen(people.find(({ id }) => id === notice.personId), tickets.find(({ _id }) => _id === notice.ticketId)).map((ticket) => ({ ...notice, ticket })));
  const dropped = due.filter(({ _id }) => !wanted.some((notice) => notice._id === _id));
  if (dropped.length > 0) await mailed(dropped.map(({ _id }) => _id));
  return wanted;
}
