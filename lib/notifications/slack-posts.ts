import { day, minute, now } from "../clock.ts";
import { log } from "../log.ts";
import { postMessage, SlackRefused, SlackUnsure } from "../slack.ts";
import { keptOf } from "./kept.ts";
import { turn } from "./repo.ts";
import type { Letter } from "./schema.ts";

/** An attempt older than this has nobody who waits for its answer: the process that began it was killed. */
export const postGivenUpAfter = minute;
/** A message that Slack did not take for so long tells nobody anything new. */
const oldAfter = day;
const repeated = "(possibly repeated) ";

/**
 * Posts to Slack. The intent is noted before the post, as Slack knows no key: a post of which nobody learned how it
 * ended is repeated once, and says so; a second such ending drops it. Throws when it is certain that nothing was
 * posted, so that a job tries again.
 */
export async function deliverPost(letter: Letter): Promise<void> {
  const startedAt = now();
  const unsure = (letter.unsure ?? 0) + (letter.state === "sending" ? 1 : 0);
  if (!(await claimed(letter, startedAt, unsure))) return;
  if (unsure > 1) return end(letter, startedAt, { state: "dropped", lastError: "Slack did not say, twice, whether it posted this." });
  const post = `${unsure > 0 ? repeated : ""}${letter.post ?? ""}`;
  try {
    await postMessage(post);
  } catch (error) {
    // The ledger tells people; only a certain failure goes on to the job.
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof SlackRefused || startedAt.getTime() - letter.at.getTime() > oldAfter) return end(letter, startedAt, { state: "dropped", lastError: reason });
    const set = { state: "queued" as const, startedAt: null, unsure: unsure + (error instanceof SlackUnsure ? 1 : 0), lastError: reason, nextAt: later(letter) };
    await turn(letter._id, ["sending"], { $set: set, $inc: { attempts: 1 } }, { startedAt });
    throw error;
  }
  await turn(letter._id, ["sending"], { $set: { state: "sent", sentAt: now(), kept: keptOf({ ...letter, post }), post: null, startedAt: null, unsure, lastError: null } }, { startedAt });
}

/** Takes the post for this attempt: from the queue, or over from one who was killed. One of two at once gets it. */
async function claimed(letter: Letter, startedAt: Date, unsure: number): Promise<boolean> {
  if (letter.state === "queued") return turn(letter._id, ["queued"], { $set: { state: "sending", startedAt } });
  const gone = letter.startedAt && startedAt.getTime() - letter.startedAt.getTime() >= postGivenUpAfter;
  return letter.state === "sending" && gone ? turn(letter._id, ["sending"], { $set: { startedAt, unsure } }, { startedAt: letter.startedAt ?? null }) : false;
}

const later = (letter: Letter) => new Date(now().getTime() + Math.min(60, 2 ** (letter.attempts ?? 0)) * minute);

async function end(letter: Letter, startedAt: Date, set: Pick<Letter, "state" | "lastError">): Promise<void> {
  await turn(letter._id, ["sending"], { $set: { ...set, kept: keptOf(letter), post: null, startedAt: null } }, { startedAt });
  log("warn", "a message to Slack was dropped", { letter: letter._id, reason: set.lastError });
}
