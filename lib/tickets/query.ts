import { z } from "zod";
import type { Actor, TicketScope } from "../auth/policy.ts";
import { now } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../cursor.ts";
import type { Filter } from "../db.ts";
import { AppError, invalid } from "../errors.ts";
import { refuseUndefined } from "../filter.ts";
import { tickets } from "./repo.ts";
import { never, Status, type Ticket, type TicketQuery } from "./schema.ts";
import { privateMark, termsOf } from "./terms.ts";

const Place = z.object({ by: z.union([z.number(), z.iso.datetime()]), id: z.string() });

/** What a list leaves out of each document: the search words and the routing decision are most of it. Whole fields: a database cuts them without reading the rest. */
const projection = { terms: 0, routing: 0, sight: 0 } as const;

/** One page of the tickets of a scope, and where the next begins. `staff` decides whether notes are searched too. */
export async function pageOf(scope: TicketScope, query: TicketQuery, actor: Actor, staff: boolean): Promise<{ found: Ticket[]; nextCursor: string | null }> {
  if (!staff) refuseInside(query);
  const filters: Filter<Ticket>[] = [scope as unknown as Filter<Ticket>, ...wanted(query, actor, staff)].filter((filter) => Object.keys(filter).length > 0);
  const search = query.q ? searchFor(query.q, staff) : null;
  if (search) filters.push(...search);
  const order = orderOf(query.sort, search !== null, staff);
  if (order.field === "sla.dueAt") filters.push({ "sla.dueAt": { $gt: new Date(0) } } as Filter<Ticket>); // a ticket whose clocks are not computed yet has no place in this order
  if (query.cursor !== undefined) filters.push(after(order, query.cursor));
  const found = await tickets()
    .find(refuseUndefined<Filter<Ticket>>(filters.length === 1 ? (filters[0] ?? {}) : filters.length === 0 ? {} : { $and: filters }), { projection })
    .sort({ [order.field]: order.direction, ...(order.field === "number" ? {} : { _id: order.direction }) })
    .limit(query.limit + 1)
    .toArray();
  const page = found.slice(0, query.limit) as Ticket[];
  const last = page.at(-1);
  return { found: page, nextCursor: found.length > query.limit && last ? encodeCursor(placeOf(last, order)) : null };
}

/** What only staff see of a ticket nobody else can ask for: each answer would tell a bit of it, and a cursor names it. */
function refuseInside(query: TicketQuery): void {
  for (const name of ["queue", "priority", "category", "level", "tag"] as const) if (query[name] !== undefined) throw invalid(name, "is for staff");
  if (query.sla !== undefined) throw invalid("sla", "is for staff");
  if (/priority|slaDueAt/.test(query.sort)) throw invalid("sort", "by priority or due time is for staff");
}

type Order = { field: "updatedAt" | "publicAt" | "createdAt" | "priorityRank" | "number" | "sla.dueAt"; direction: 1 | -1 };

/**
 * A search is answered newest ticket first, as its index is kept. For a customer "updated" means what they could
 * see: the order of their list must not tell of a private note.
 */
function orderOf(sort: TicketQuery["sort"], searching: boolean, staff: boolean): Order {
  if (searching) return { field: "number", direction: -1 };
  const direction = sort.startsWith("-") ? -1 : 1;
  const field = sort.replace("-", "") as "updatedAt" | "createdAt" | "priority" | "slaDueAt";
  if (field === "slaDueAt") return { field: "sla.dueAt", direction };
  if (field === "priority") return { field: "priorityRank", direction };
  return { field: field === "updatedAt" && !staff ? "publicAt" : field, direction };
}

function placeOf(ticket: Ticket, { field }: Order): z.infer<typeof Place> {
  const value = field === "sla.dueAt" ? (ticket.sla?.dueAt ?? never) : ticket[field];
  return { by: value instanceof Date ? value.toISOString() : value, id: ticket._id };
}

function after({ field, direction }: Order, cursor: string): Filter<Ticket> {
  const { by, id } = decodeCursor(Place, cursor);
  const isDate = field !== "priorityRank" && field !== "number";
  if (isDate !== (typeof by === "string")) throw invalid("cursor", "belongs to a list in another order");
  const value = typeof by === "string" ? new Date(by) : by;
  const beyond = direction === 1 ? "$gt" : "$lt";
  if (field === "number") return { number: { [beyond]: value } } as Filter<Ticket>;
  return { $and: [{ [field]: { [direction === 1 ? "$gte" : "$lte"]: value } }, { $or: [{ [field]: { [beyond]: value } }, { _id: { [beyond]: id } }] }] } as Filter<Ticket>;
}

function wanted(query: TicketQuery, actor: Actor, staff: boolean): Filter<Ticket>[] {
  const filters: Filter<Ticket>[] = [];
  if (query.status !== undefined) filters.push({ status: statuses(query.status) });
  if (query.queue !== undefined) filters.push({ queueId: query.queue });
  if (query.assignee !== undefined) filters.push({ assigneeId: query.assignee === "none" ? null : query.assignee === "me" ? me(actor) : query.assignee });
  if (query.requester !== undefined) filters.push({ "requester.id": query.requester === "me" ? me(actor) : query.requester });
  if (query.priority !== undefined) filters.push({ priority: query.priority });
  if (query.category !== undefined) filters.push({ "category.name": query.category });
  if (query.level !== undefined) filters.push({ level: query.level });
  if (query.tag !== undefined) filters.push({ tags: query.tag });
  if (query.channel !== undefined) filters.push({ channel: query.channel });
  if (query.sla === "breached") filters.push({ $or: [{ "sla.breached": true }, { "sla.dueAt": { $lt: now() } }] } as Filter<Ticket>);
  if (query.sla === "due") filters.push({ "sla.dueAt": { $gte: now(), $lt: never }, "sla.remindAt": { $lte: now() } } as Filter<Ticket>);
  if (query.createdAfter !== undefined) filters.push({ createdAt: { $gt: new Date(query.createdAfter) } });
  if (query.updatedAfter !== undefined) filters.push({ [staff ? "updatedAt" : "publicAt"]: { $gt: new Date(query.updatedAfter) } });
  return filters;
}

function statuses(list: string): Status | { $in: Status[] } {
  const read = list.split(",").map((each) => Status.safeParse(each.trim()));
  if (read.some((each) => !each.success)) throw invalid("status", `must be one or several of ${Status.options.join(", ")}, separated by commas`);
  const all = read.flatMap((each) => (each.success ? [each.data] : []));
  return all.length === 1 && all[0] ? all[0] : { $in: all };
}

function me(actor: Actor): string {
  if (actor.kind === "person") return actor.id;
  throw new AppError("unauthenticated", "Please sign in first.");
}

/** The tickets that hold all of these words (a ticket's number is one of its own), for staff in notes as well. */
function searchFor(text: string, staff: boolean): Filter<Ticket>[] {
  const words = termsOf(text).slice(0, 8);
  if (words.length === 0) return [{ number: -1 }];
  return words.map((word) => ({ terms: staff ? { $in: [word, privateMark + word] } : word }));
}
