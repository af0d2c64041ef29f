import { ticketOpened } from "../../lib/facts.ts";
import { writeAboutTicket } from "../../lib/notifications/service.ts";
import { routeWaiting } from "../../lib/routing/service.ts";
import { inngest } from "../client.ts";

/**
 * A ticket was opened: the drain looks who can take it, and its receipt goes out. One run for both, as a desk opens
 * tickets more often than anything else; neither waits for the other, and a repeated run finds what was done done.
 */
export const opening = () =>
  inngest().createFunction({ id: "route-and-receipt", retries: 10, triggers: [ticketOpened] }, async ({ event }) => {
    const [routed, written] = await Promise.allSettled([routeWaiting(), writeAboutTicket(event.data.rowId)]);
    for (const outcome of [routed, written]) if (outcome.status === "rejected") throw outcome.reason;
  });
