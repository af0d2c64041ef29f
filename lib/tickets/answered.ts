import { system, visibleTo, whoIs } from "../auth/service.ts";
import { rowsOf } from "../events.ts";
import { isRequesters } from "./around.ts";
import { actOf } from "./converse.ts";
import { amend, find, messageOnce } from "./repo.ts";

/** Whether a message was written under this key. */
export const isWritten = async (once: string): Promise<boolean> => (await messageOnce(once)) !== null;

/**
 * Whoever answers a letter has the requester's box. The browser that opened the ticket with their address, and whose
 * visitor never proved it for this ticket, may be a stranger's: it sees the ticket no more, so not the answer either.
 */
export async function endUnprovedSight(ticketId: string): Promise<void> {
  const actor = system("mail");
  const ticket = await find(visibleTo(actor), ticketId);
  if (ticket.visitor === null) return;
  const proved = (await whoIs([ticket.requester.id])).get(ticket.requester.id)?.verifiedAt ?? undefined;
  if (isRequesters(ticket, proved)) return;
  await amend(visibleTo(actor), ticket, actOf(actor, ticket), () => ({ set: { visitor: null }, happened: [{ type: "ticket/browser-ended", quiet: true, why: "The requester answered by mail, and the browser that it was opened in had not proved their address." }] }));
}

/** A letter that did not reach the requester: `letter` names it, `complained`: it came, and was called unwanted. */
export type CameBack = { letter: string; address: string; reason: string | null; complained: boolean };

/** Notes on a ticket that its requester may not know what was written to them. Once a letter, and no activity. */
export async function noteBounce(ticketId: string, { letter, ...told }: CameBack): Promise<void> {
  const actor = system("mail");
  const ticket = await find(visibleTo(actor), ticketId);
  const known = await rowsOf(ticketId, { publicOnly: false });
  if (known.some(({ type, data }) => type === "ticket/letter-bounced" && data.letter === letter && data.complained === told.complained)) return;
  await amend(visibleTo(actor), ticket, actOf(actor, ticket), () => ({ set: {}, happened: [{ type: "ticket/letter-bounced", quiet: true, data: { letter, ...told } }] }));
}
