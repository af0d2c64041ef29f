import { cache } from "react";
import type { Reader } from "@/components/help/reader.ts";
import { currentActor, isStaff } from "@/lib/auth/service.ts";
import { inboxFor } from "@/lib/tickets/service.ts";
import { TicketQuery } from "@/lib/tickets/schema.ts";
import type { CustomerTicket } from "@/lib/tickets/view.ts";

/** How many requests the start page and the mark in the head look at. */
const recent = 20;

export type Reading = { reader: Reader; requests: CustomerTicket[] };

/** Who reads, and their newest requests: those of the account, or those sent from this browser. Staff have none. Asked once a page. */
export const currentReading = cache(async (): Promise<Reading> => {
  const actor = await currentActor();
  if (actor.kind !== "person" && (actor.kind === "system" || actor.id === null)) return { reader: nobody, requests: [] };
  const known = actor.kind === "person" ? { name: actor.name, email: actor.email } : { name: null, email: null };
  if (isStaff(actor)) return { reader: { ...nobody, ...known, staff: true }, requests: [] };
  const { items } = await inboxFor(actor, TicketQuery.parse({ limit: recent }));
  const requests = items.filter((ticket): ticket is CustomerTicket => ticket.audience === "customer");
  return {
    reader: { ...known, staff: false, followsRequests: known.name !== null || requests.length > 0, unread: requests.filter((ticket) => ticket.unread).length },
    requests,
  };
});

const nobody: Reader = { name: null, email: null, staff: false, followsRequests: false, unread: 0 };
