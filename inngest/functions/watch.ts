import { cron } from "inngest";
import { now, second } from "../../lib/clock.ts";
import { clocksSoon } from "../../lib/facts.ts";
import { actOnTime, comesBeforeNextLook } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";

const mostLooks = 200;

/**
 * Acts on tickets when their time comes: looks each minute, and when told that something is near, at the index of next
 * acts, sleeps until the first of them, acts, and looks again. A newer look replaces the one before, so there is one;
 * two at once would do each act once as well.
 */
export const watch = () =>
  inngest().createFunction({ id: "watch-clocks", retries: 3, singleton: { mode: "cancel" }, triggers: [cron("* * * * *"), clocksSoon] }, async ({ step }) => {
    for (let look = 1; look <= mostLooks; look += 1) {
      const next = await step.run(`look ${look}`, actOnTime);
      if (next === null) return;
      await step.sleepUntil(`until ${look}`, next);
    }
  });

/** Has the watch look at once. */
export const hint = { name: clocksSoon.name, data: {} };

/** Has the watch look at once if the desk acts before it would look by itself. One hint a second is enough. */
export async function hintOf(actAt: Date | null): Promise<void> {
  if (actAt !== null && comesBeforeNextLook(actAt, now())) await inngest().send({ ...hint, id: `soon-${Math.floor(actAt.getTime() / second)}` });
}
