import type { Role } from "@/lib/auth/schema.ts";
import type { Priority, Status, TicketQuery } from "@/lib/tickets/schema.ts";

/** How many tickets wait in each view, as `GET /tickets/counts` answers. */
export type Counts = { mine: number; unassigned: number; all: number; waiting: number; engineering: number; unread: number };

export const viewNames = ["mine", "unassigned", "waiting", "engineering", "review", "resolved", "all"] as const;
export type ViewName = (typeof viewNames)[number];

export type InboxQuery = Partial<Omit<TicketQuery, "limit" | "cursor">>;

type View = { label: string; key: string; count: keyof Counts | null; query: InboxQuery; empty: string };

const active = "new,open,pending,on_hold";

/** The views of the desk: what they ask the API for, their letter after g, and what an empty one says. */
export const views: Record<ViewName, View> = {
  mine: { label: "Mine", key: "m", count: "mine", query: { assignee: "me", status: active }, empty: "Nothing is waiting for you" },
  unassigned: { label: "Unassigned", key: "u", count: "unassigned", query: { assignee: "none", status: active, sort: "createdAt" }, empty: "Every ticket has an owner" },
  waiting: { label: "Waiting", key: "w", count: "waiting", query: { status: "pending,on_hold" }, empty: "We are not waiting for anybody" },
  engineering: { label: "Engineering", key: "e", count: "engineering", query: { level: "engineering", status: active }, empty: "Nothing is with engineering" },
  review: { label: "For a manager", key: "r", count: null, query: { level: "manager", status: active, sort: "createdAt" }, empty: "No ticket needs a manager" },
  resolved: { label: "Resolved", key: "d", count: null, query: { status: "resolved,closed" }, empty: "Nothing has been resolved yet" },
  all: { label: "All open", key: "a", count: "all", query: { status: active }, empty: "No ticket is open" },
};

/** The views that make sense for a person, in order; the first is where they land. */
export function viewsFor(me: { roles: readonly Role[] }, showUnassigned: boolean): ViewName[] {
  if (me.roles.includes("engineer")) return ["engineering", "resolved", "all"];
  if (me.roles.includes("manager")) return ["all", "unassigned", "review", "mine", "waiting", "engineering", "resolved"];
  if (me.roles.includes("admin")) return ["all", "unassigned", "review", "waiting", "engineering", "resolved"];
  return showUnassigned ? ["mine", "unassigned", "waiting", "resolved", "all"] : ["mine", "waiting", "resolved", "all"];
}

export type Filters = {
  view: ViewName | null;
  q: string | null;
  status: Status | null;
  priority: Priority | null;
  category: string | null;
  queue: string | null;
  tag: string | null;
  assignee: string | null;
  sort: TicketQuery["sort"] | null;
};

/**
 * What the list asks for. A search looks through everything this person may see, whatever the view; filters narrow
 * either. Equal filters give an equal query, key by key, so server and browser share the first page.
 */
export function inboxQuery(filters: Filters, fallback: ViewName): InboxQuery {
  const { view, ...narrow } = filters;
  const base: InboxQuery = narrow.q ? {} : views[view ?? fallback].query;
  const set = Object.fromEntries(Object.entries(narrow).filter(([, value]) => value !== null && value !== ""));
  return { sort: "-updatedAt", ...base, ...set };
}
