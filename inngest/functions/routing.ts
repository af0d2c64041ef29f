import { personBecameFree, personDeactivated, ticketNeedsOwner, ticketResolved } from "../../lib/facts.ts";
import { returnFromTheGone, routeWaiting } from "../../lib/routing/service.ts";
import { inngest } from "../client.ts";

/** A ticket waits again, or somebody became free: the drain looks who can take what. */
export const route = () =>
  inngest().createFunction({ id: "route-waiting-tickets", retries: 3, triggers: [ticketNeedsOwner, ticketResolved, personBecameFree] }, async () => ({ assigned: await routeWaiting() }));

/** A person of staff was deactivated: their tickets go back to the queues at once. */
export const returnTickets = () =>
  inngest().createFunction({ id: "return-tickets-of-the-gone", retries: 3, triggers: [personDeactivated] }, async () => ({ returned: await returnFromTheGone(), assigned: await routeWaiting() }));
