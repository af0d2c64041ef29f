import { now, second } from "../clock.ts";
import { defineCollection, isDuplicate, type ClientSession } from "../db.ts";
import { Lease, Seat } from "./schema.ts";

const seats = defineCollection({ name: "seats", room: "routing", schema: Seat, indexes: [] });
const leases = defineCollection({ name: "leases", room: "routing", schema: Lease, indexes: [] });

/** The turns of these agents; one who never had a turn gets a seat. */
export async function seatsOf(ids: readonly string[]): Promise<Map<string, Seat>> {
  const found = ids.length === 0 ? [] : await seats().find({ _id: { $in: [...ids] } }).toArray();
  const known = new Map<string, Seat>(found.map((seat) => [seat._id, seat]));
  for (const id of ids) {
    if (known.has(id)) continue;
    const seat: Seat = { _id: id, lastAssignedAt: null, turnVersion: 0 };
    await seats().updateOne({ _id: id }, { $setOnInsert: { lastAssignedAt: null, turnVersion: 0 } }, { upsert: true });
    known.set(id, seat);
  }
  return known;
}

/** Takes the turn, unless somebody else took it since it was read. */
export async function claimSeat(id: string, turnVersion: number, at: Date, session: ClientSession): Promise<boolean> {
  const result = await seats(session).updateOne({ _id: id, turnVersion }, { $set: { lastAssignedAt: at }, $inc: { turnVersion: 1 } }, { session });
  return result.matchedCount === 1;
}

const leaseMs = 15 * second;

/** Takes or prolongs the right to run the drain; false while somebody else has it. A lease ends by itself after a crash. */
export async function takeLease(holder: string): Promise<boolean> {
  const at = now();
  try {
    await leases().findOneAndUpdate({ _id: "drain", $or: [{ holder }, { until: { $lt: at } }] }, { $set: { holder, until: new Date(at.getTime() + leaseMs) } }, { upsert: true });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function dropLease(holder: string): Promise<void> {
  await leases().updateOne({ _id: "drain", holder }, { $set: { until: new Date(0) } });
}
