import { minute, now, second } from "../clock.ts";
import { log } from "../log.ts";
import { livesDue, livesUntimed, nextActAt, type Life } from "../tickets/service.ts";
import { currentRules } from "./repo.ts";
import { timeLife } from "./timing.ts";

const perLook = 100;
/** Between two looks; what falls into it is that much late at most. */
const breathMs = second;
/** What the watch has not done by then is left behind: it was killed, or the jobs are down. */
const patienceMs = 10 * second;

/** The watch looks at each full minute; this much later it has. */
const nextLook = (at: Date) => new Date((Math.floor(at.getTime() / minute) + 1) * minute + 2 * second);
export const comesBeforeNextLook = (actAt: Date, at: Date): boolean => actAt > at && actAt < nextLook(at);

/** Does what is due on a hundred tickets, the longest due first. Answers when to look again (ISO 8601), null when nothing more is due before the watch's next look. */
export async function actOnTime(): Promise<string | null> {
  const looked = now();
  const due = await livesDue(looked, perLook);
  await timeEach(due);
  if (due.length === perLook) return looked.toISOString(); // there may be more
  const next = await nextActAt(looked, nextLook(now()));
  return next && new Date(Math.max(next.getTime(), now().getTime() + breathMs)).toISOString();
}

/** Times what a lost event left behind, and does what the watch should have done. Answers on how many tickets. */
export async function timeLeftBehind(): Promise<number> {
  const left = [...(await livesDue(new Date(now().getTime() - patienceMs), perLook)), ...(await livesUntimed(perLook))];
  await timeEach(left);
  return left.length;
}

async function timeEach(lives: readonly Life[]): Promise<void> {
  for (const life of lives) {
    try {
      await timeLife(life, await currentRules(), now());
    } catch (error) {
      log("error", "a ticket could not be timed; the next look tries again", { ticket: life.ticket._id, error });
    }
  }
}
