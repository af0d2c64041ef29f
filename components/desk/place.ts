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
  hrefOf: (id: string) => `/desk/${string}`;
};

const searchOf = () => (typeof location === "undefined" ? "" : location.search);

/** Where in the desk this tab is: the address alone decides it. Moving changes the address without asking the server. */
export function usePlace(): Place {
  const path = usePathname();
  const { views } = useDesk();
  const [filters, setFilters] = useQueryStates(filterParsers);
  const ticketId = /^\/desk\/([^/]+)$/.exec(path)?.[1] ?? null;
  const fallback = views[0] ?? "all";
  const go = (address: string) => window.history.pushState(null, "", address);
  return {
    ticketId,
    filters,
    view: filters.view ?? fallback,
    query: inboxQuery(filters, fallback),
    open: (id) => { if (id !== ticketId) go(`/desk/${id}${searchOf()}`); },
    close: () => go(`/desk${searchOf()}`),
    narrow: (changes) => { void setFilters(changes); },
    show: (view) => go(view === fallback ? "/desk" : `/desk?view=${view}`),
    hrefOf: (id) => `/desk/${id}`,
  };
}
