import { dehydrate, QueryClient, type DehydratedState } from "@tanstack/react-query";
import { notFound, redirect } from "next/navigation";
import { loadFilters } from "@/components/desk/filters.ts";
import { firstRows, keys } from "@/components/desk/keys.ts";
import { inboxQuery, viewsFor } from "@/components/desk/views.ts";
import { requireStaff } from "@/lib/auth/service.ts";
import { AppError } from "@/lib/errors.ts";
import { TicketQuery } from "@/lib/tickets/schema.ts";
import { countsFor, inboxFor, messagesFor, ticketFor, timelineFor } from "@/lib/tickets/service.ts";

type Search = Promise<Record<string, string | string[] | undefined>>;

/** What the desk shows first, under the names by which the browser will keep it: the page needs no request of its own. */
export async function firstView(search: Search, id: string | null): Promise<DehydratedState> {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/desk");
  const query = inboxQuery(await loadFilters(search), viewsFor(actor, actor.claimsFrom.length > 0)[0] ?? "all");
  const client = new QueryClient();
  const list = async () => {
    const asked = TicketQuery.safeParse({ ...query, limit: firstRows });
    if (asked.success) client.setQueryData(keys.inbox(query), { pages: [await inboxFor(actor, asked.data)], pageParams: [null] });
  };
  const counts = async () => void client.setQueryData(keys.counts, await countsFor(actor));
  const ticket = async (ticketId: string) => {
    const [view, messages, timeline] = await Promise.all([ticketFor(actor, { id: ticketId }), messagesFor(actor, { id: ticketId }), timelineFor(actor, { id: ticketId })]);
    client.setQueryData(keys.ticket(ticketId), view);
    client.setQueryData(keys.messages(ticketId), messages.items);
    client.setQueryData(keys.timeline(ticketId), timeline.items);
  };
  try {
    await Promise.all([list(), counts(), id === null ? undefined : ticket(id)]);
  } catch (error) {
    // Edge: a ticket that this person may not see does not exist for them.
    if (error instanceof AppError && (error.kind === "missing" || error.kind === "invalid")) notFound();
    throw error;
  }
  return dehydrate(client);
}
