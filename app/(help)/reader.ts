import { cache } from "react";
import type { Reader } from "@/components/help/reader.ts";
import { hasNews } from "@/components/portal/words.ts";
import { currentActor, isStaff } from "@/lib/auth/service.ts";
import { TicketQuery } from "@/lib/tickets/schema.ts";
import { inboxFor } from "@/lib/tickets/service.ts";
import type { CustomerTicket } from "@/lib/tickets/view.ts";

export type RequestPage = { items: CustomerTicket[]; nextCursor: string | null };
export type Reading = { reader: Reader; page: RequestPage };

const nobody: Reader = { name: null, email: null, staff: false, followsRequests: false, unread: 0 };
const empty: RequestPage = { items: [], nextCursor: null };

/** Who reads, and their newest requests: those of the account, or those sent from this browser. Staff have none. Asked once a page. */
export const currentReading = cache(async (): Promise<Reading> => {
  const actor = await currentActor();
  if (actor.kind === "system" || (actor.kind === "visitor" && actor.id === null)) return { reader: nobody, page: empty };
  const known = actor.kind === "person" ? { name: actor.name, email: actor.email } : { name: null, email: null };
  if (isStaff(actor)) return { reader: { ...nobody, ...known, staff: true }, page: empty };
  const { items, nextCursor } = await inboxFor(actor, TicketQuery.parse({}));
  const own = items.filter((ticket): ticket is CustomerTicket => ticket.audience === "customer");
  return {
    reader: { ...known, staff: false, followsRequests: known.name !== null || own.length > 0, unread: own.filter(hasNews).length },
    page: { items: own, nextCursor },
  };
});
