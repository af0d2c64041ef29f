import { system, visibleTo } from "../auth/service.ts";
import { rowsOf } from "../events.ts";
import { actOf } from "./converse.ts";
import { amend, find, messageOnce } from "./repo.ts";

/** Whether a message was written under this key. */
export const isWritten = async (once: string): Promise<boolean> => (await messageOnce(once)) !== null;

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
