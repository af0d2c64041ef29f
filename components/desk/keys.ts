import type { InboxQuery } from "./views.ts";

/** Names of what the desk keeps in the query cache; server and browser use the same. */
export const keys = {
  me: ["me"] as const,
  counts: ["counts"] as const,
  notices: ["notices"] as const,
  inboxes: ["tickets"] as const,
  inbox: (query: InboxQuery) => ["tickets", query] as const,
  ticket: (id: string) => ["ticket", id] as const,
  messages: (id: string) => ["messages", id] as const,
  timeline: (id: string) => ["timeline", id] as const,
  letters: (id: string) => ["letters", id] as const,
  clocks: (id: string) => ["clocks", id] as const,
  sending: (id: string) => ["sending", id] as const,
  staff: ["people", "staff"] as const,
  queues: ["queues"] as const,
};

/** Rows of the list that are fetched at once. */
export const pageSize = 50;
/** Rows that the server draws: what the tallest window shows at first. */
export const firstRows = 16;
