import { cron } from "inngest";
import { announceLeftBehind } from "../../lib/events.ts";
import { sendLeftBehind } from "../../lib/notifications/service.ts";
import { returnFromTheGone, routeWaiting } from "../../lib/routing/service.ts";
import { inngest } from "../client.ts";

/** Finds, every minute, what a lost event or a crash left behind. */
export const sweep = () =>
  inngest().createFunction({ id: "sweep", retries: 0, triggers: [cron("* * * * *")] }, async () => ({
    announced: await announceLeftBehind(),
    returned: await returnFromTheGone(),
    assigned: await routeWaiting(),
    sent: await sendLeftBehind(),
  }));
