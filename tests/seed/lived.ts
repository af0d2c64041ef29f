import type { EventRow } from "@/lib/events";
import type { History } from "@/lib/tickets/restore";
import { apply, blank, opened } from "@/lib/tickets/rules";
import type { Message, Ticket } from "@/lib/tickets/schema";

export type Lived = { ticket: Ticket; rows: EventRow[]; messages: Message[] };

/** A history lived through by the rules alone, without a database. */
export function lived({ opening, openedBy, acts }: History, number: number): Lived {
  const before = blank({ ...opening, number, once: null }, openedBy);
  let saved = apply(before, opened(before, opening), openedBy);
  const all = [saved, ...acts.map(({ act, decide }) => (saved = apply(saved.ticket, decide(saved.ticket), act)))];
  return { ticket: saved.ticket, rows: all.flatMap(({ rows }) => rows), messages: all.flatMap(({ message }) => message ?? []) };
}

/** The same without what is random: ids that are drawn anew are named by their first appearance. `known` ids stay. */
export function withoutIds(value: unknown, known: ReadonlyMap<string, string> = new Map(), seen = new Map<string, string>()): unknown {
  if (typeof value === "string") {
    const named = value.replace(/(?<![0-9A-Za-z])[0-9A-Za-z]{21}(?![0-9A-Za-z])|(?<![0-9A-Za-z])[0-9A-Za-z]{42}(?![0-9A-Za-z])/g, (id) => {
      if (!known.has(id) && !seen.has(id)) seen.set(id, `id ${seen.size}`);
      return known.get(id) ?? seen.get(id) ?? "";
    });
    return named;
  }
  if (Array.isArray(value)) return value.map((each) => withoutIds(each, known, seen));
  if (value instanceof Date || value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([field, inner]) => [field, withoutIds(inner, known, seen)]));
}
