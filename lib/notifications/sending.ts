import { isStaff, letterTo } from "../auth/service.ts";
import { day, hour, minute, now } from "../clock.ts";
import { log } from "../log.ts";
import { MailRefused, sendMail } from "../mail.ts";
import { isResolved, seesTicket } from "../tickets/service.ts";
import { keptOf } from "./kept.ts";
import { begunBefore, queuedBefore, turn } from "./repo.ts";
import { StaffKind, type Letter } from "./schema.ts";
import { deliverPost, postGivenUpAfter } from "./slack-posts.ts";

/** A letter that nobody took for so long is of no use to its reader any more. */
const givenUpAfter = 4 * day;

/**
 * Sends what is queued, by mail or to Slack; does nothing for a letter in any other state. Throws when it was not
 * taken this time, which the ledger notes, so that a job tries again. What is refused for good is dropped with the
 * reason. Safe to repeat and safe for two at once.
 */
export async function send(letter: Letter): Promise<void> {
  if (letter.channel === "slack") return deliverPost(letter);
  if (letter.state !== "queued" || !letter.mail) return;
  const over = await whyNot(letter);
  if (over) return drop(letter, over);
  try {
    const providerId = await sendMail({ to: letter.to, ...letter.mail }, letter._id);
    await turn(letter._id, ["queued"], { $set: { state: "sent", mail: null, kept: keptOf(letter), providerId, sentAt: now(), lastError: null } });
  } catch (error) {
    // The ledger is where people look; the job that hears of it tries again.
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof MailRefused || now().getTime() - letter.at.getTime() > givenUpAfter) return drop(letter, reason);
    await noteFailed(letter, reason);
    throw error;
  }
}

/** Not to be sent (any more): the reason stays, the words go. */
async function drop(letter: Letter, reason: string): Promise<void> {
  if (await turn(letter._id, ["queued"], { $set: { state: "dropped", mail: null, post: null, lastError: reason } })) log("warn", "a letter was dropped", { letter: letter._id, reason });
}

/** The sweep waits a minute, then twice as long each time, an hour at most; a job has waits of its own. */
async function noteFailed(letter: Letter, reason: string): Promise<void> {
  const wait = Math.min(hour, minute * 2 ** (letter.attempts ?? 0));
  await turn(letter._id, ["queued"], { $set: { lastError: reason, nextAt: new Date(now().getTime() + wait) }, $inc: { attempts: 1 } });
}

/**
 * Why a letter is not to be sent that was right when it was written. One to staff may hold private words: who lost
 * sight of the ticket does not get them. One that waited must not call somebody to act who has acted.
 */
async function whyNot({ kind, personId, ticketId, attempts }: Letter): Promise<string | null> {
  if (personId === null) return null;
  if (kind === "closing-soon" && attempts && ticketId !== null && !(await isResolved(ticketId))) return "The request does not wait to be closed any more.";
  if (!StaffKind.safeParse(kind).success) return null;
  const to = await letterTo(personId);
  const reader = to?.active ? await to.actor() : null;
  if (!reader || !isStaff(reader)) return "Its reader is of staff no more.";
  return ticketId === null || (await seesTicket(reader, ticketId)) ? null : "Its reader can not see the ticket any more.";
}

/** Sends what a crash or a vendor that was down left behind. Answers how many. Never throws: what fails again waits longer. */
export async function sendLeftBehind(): Promise<number> {
  const at = now().getTime();
  const left = [...(await begunBefore(new Date(at - postGivenUpAfter), 50)), ...(await queuedBefore(new Date(at - minute), 500))];
  const due = left.filter(({ nextAt }) => !nextAt || nextAt.getTime() <= at).slice(0, 50);
  const down = new Set<Letter["channel"]>();
  let sent = 0;
  for (const letter of due) {
    if (down.has(letter.channel)) continue;
    try {
      await send(letter);
      sent += 1;
    } catch (error) {
      // One service down must not keep the other's letters, nor every letter of the first its time.
      down.add(letter.channel);
      log("warn", "what was left behind can not be sent yet", { channel: letter.channel ?? "mail", error });
    }
  }
  return sent;
}
