import type { Filter } from "../db.ts";
import { tickets } from "./repo.ts";
import type { Ticket } from "./schema.ts";

/** What of a ticket the replay of its clocks needs, and a list of such tickets shows. */
export type Opened = Pick<Ticket, "_id" | "number" | "subject" | "queueId" | "priority" | "openedBy" | "requester" | "createdAt">;

const projection = { number: 1, subject: 1, queueId: 1, priority: 1, openedBy: 1, requester: 1, createdAt: 1 };

/** How many tickets were opened since a moment. */
export const countOpenedSince = (since: Date): Promise<number> => tickets().countDocuments({ createdAt: { $gte: since } });

/** The next tickets that were opened since a moment, newest first; `before` is the last of the page before. For replays by the system. */
export async function openedSince(since: Date, before: Opened | null, limit: number): Promise<Opened[]> {
  const earlier: Filter<Ticket> = before ? { $or: [{ createdAt: { $lt: before.createdAt } }, { createdAt: before.createdAt, _id: { $lt: before._id } }] } : {};
  const range = { $gte: since, ...(before ? { $lte: before.createdAt } : {}) };
  return (await tickets().find({ createdAt: range, ...earlier }, { projection }).sort({ createdAt: -1, _id: -1 }).limit(limit).toArray()) as Opened[];
}
