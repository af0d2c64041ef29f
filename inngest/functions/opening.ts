import { ticketOpened } from "../../lib/facts.ts";
import { writeAboutTicket } from "../../lib/notifications/service.ts";
import { routeWaiting } from "../../lib/routing/service.ts";
import { timeTicket } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";
import { hintOf } from "./watch.ts";

/**
 * A ticket was opened: the drain looks who can take it, its receipt goes out, and its clocks are computed once its
 * queue is known. One run for all, as a desk opens tickets more often than anything else; none waits for another's
 * success, and a repeated run finds what was done done.
 */
export const opening = () =>
  inngest().createFunction({ id: "route-and-receipt", retries: 10, triggers: [ticketOpened] }, async ({ event }) => {
    const routing = routeWaiting();
    const timing = Promise.allSettled([routing]).then(async () => hintOf(await timeTicket(event.data.subjectId)));
    for (const outcome of await Promise.allSettled([routing, writeAboutTicket(event.data.rowId), timing])) if (outcome.status === "rejected") throw outcome.reason;
  });
