"use client";
import { usePathname } from "next/navigation";
import { useQueryStates } from "nuqs";
import { filterParsers } from "./filters.ts";
import { inboxQuery, type Filters, type InboxQuery, type ViewName } from "./views.ts";
import { useDesk } from "./desk-context.tsx";

export type Place = {
  /** The open ticket, if any. */
  ticketId: string | null;
  filters: Filters;
  view: ViewName;
  query: InboxQuery;
  open: (id: string) => void;
  close: () => void;
  narrow: (changes: Partial<Filters>) => void;
  show: (view: ViewName) => void;
};

const go = (address: string) => window.history.pushState(null, "", address);
const ticketIn = (path: string): string | null => /^\/desk\/([^/]+)$/.exec(path)?.[1] ?? null;

/** The address of a ticket in the desk. */
export const hrefOf = (id: string): `/desk/${string}` => `/desk/${id}`;

/** Opens a ticket beside the list as it stands; the address changes, the server is not asked for a page. */
export function openTicket(id: string): void {
  if (ticketIn(location.pathname) !== id) go(`${hrefOf(id)}${location.search}`);
}

/** The id of the open ticket alone: cheaper than the whole place, for rows. */
export const useOpenTicketId = (): string | null => ticketIn(usePathname());

/** Where in the desk this tab is: the address alone decides it. Moving changes the address without asking the server. */
export function usePlace(): Place {
  const ticketId = useOpenTicketId();
  const { views } = useDesk();
  const [filters, setFilters] = useQueryStates(filterParsers);
  const fallback = views[0] ?? "all";
  return {
    ticketId,
    filters,
    view: filters.view ?? fallback,
    query: inboxQuery(filters, fallback),
    open: openTicket,
    close: () => go(`/desk${location.search}`),
    narrow: (changes) => { void setFilters(changes); },
    show: (view) => go(view === fallback ? "/desk" : `/desk?view=${view}`),
  };
}
