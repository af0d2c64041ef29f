import { cron } from "inngest";
import { announceLeftBehind } from "../../lib/events.ts";
import { mailWhatIsDue, sendLeftBehind } from "../../lib/notifications/service.ts";
import { returnFromTheGone, routeWaiting } from "../../lib/routing/service.ts";
import { timeLeftBehind } from "../../lib/sla/service.ts";
import { sweepUploads } from "../../lib/tickets/service.ts";
import { inngest } from "../client.ts";

/** Finds, every minute, what a lost event, a crash or an abandoned upload left behind. */
export const sweep = () =>
  inngest().createFunction({ id: "sweep", retries: 0, triggers: [cron("* * * * *")] }, async () => ({
    announced: await announceLeftBehind(),
    returned: await returnFromTheGone(),
    assigned: await routeWaiting(),
    timed: await timeLeftBehind(),
    mailed: await mailWhatIsDue(),
    sent: await sendLeftBehind(),
    removed: await sweepUploads(),
  }));
