import { deskSettings, doer, type Actor } from "../auth/service.ts";
import { now, second } from "../clock.ts";
import { defineCollection, isDuplicate, transaction, type ClientSession } from "../db.ts";
import { AppError } from "../errors.ts";
import { announce, events, staffRow, type NewEvent } from "../events.ts";
import type { Rules } from "./copy.ts";
import { Calendar, SlaPolicy, type IcalReading } from "./schema.ts";

export const calendars = defineCollection({ name: "calendars", room: "sla", schema: Calendar, indexes: [{ key: { name: 1 }, name: "name", unique: true }] });

export const policies = defineCollection({
  name: "slaPolicies",
  room: "sla",
  schema: SlaPolicy,
  indexes: [
    { key: { name: 1 }, name: "name", unique: true },
    { key: { default: 1 }, name: "default", unique: true, partialFilterExpression: { default: true } },
  ],
});

const open = { calendar: calendars, policy: policies } as const;
type Docs = { calendar: Calendar; policy: SlaPolicy };

/**
 * Stores a new or changed calendar or policy with its event row in one transaction, and announces it after the
 * commit. A policy that becomes the default takes that from the one before. Throws a conflict when the record
 * changed since it was read, or its name is taken.
 */
export async function save<K extends keyof Docs>(kind: K, before: Docs[K] | null, after: Docs[K], by: Actor, event: NewEvent): Promise<Docs[K]> {
  const stored = { ...after, seq: (before?.seq ?? 0) + 1 };
  const row = staffRow({ kind, id: after._id }, stored.seq, doer(by), event, now());
  try {
    await transaction(async (session) => {
      if (kind === "policy" && (after as SlaPolicy).default) await policies(session).updateMany({ default: true, _id: { $ne: after._id } }, { $set: { default: false }, $inc: { seq: 1 } }, { session });
      await write(kind, before, stored, session);
      await events(session).insertOne(row, { session });
    });
  } catch (error) {
    if (isDuplicate(error, "name")) throw new AppError("conflict", `A ${kind} with this name exists already.`, { errors: [{ path: "name", message: "is taken" }], cause: error });
    throw error;
  }
  forgetRules();
  announce([row]);
  return stored;
}

async function write<K extends keyof Docs>(kind: K, before: Docs[K] | null, after: Docs[K], session: ClientSession): Promise<void> {
  const collection = open[kind](session) as unknown as ReturnType<typeof calendars>;
  if (before === null) {
    await collection.insertOne(after as unknown as Calendar, { session });
    return;
  }
  const { matchedCount } = await collection.replaceOne({ _id: before._id, seq: before.seq }, after as unknown as Calendar, { session });
  if (matchedCount === 0) throw new AppError("conflict", "This was changed by somebody else in the meantime. Please look again.");
}

/** Notes how a reading of a calendar's address went, if it is still the same calendar. No change of it: no row, no new version. */
export async function noteReading({ _id, seq }: Calendar, icalReading: IcalReading | null): Promise<void> {
  await calendars().updateOne({ _id, seq }, { $set: { icalReading } });
}

/** Removes a calendar or policy, keeping the row that says who did it. */
export async function remove<K extends keyof Docs>(kind: K, record: Docs[K], by: Actor): Promise<void> {
  const row = staffRow({ kind, id: record._id }, record.seq + 1, doer(by), { type: `${kind}/deleted`, data: { name: record.name } }, now());
  await transaction(async (session) => {
    await open[kind](session).deleteOne({ _id: record._id }, { session });
    await events(session).insertOne(row, { session });
  });
  forgetRules();
  announce([row]);
}

/** Writes calendars and policies of the demo or of a new desk in bulk, each with the row of its making, announced already. */
export async function insertRules(of: { calendars: Calendar[]; policies: SlaPolicy[] }, by: Actor): Promise<void> {
  const made = (kind: keyof Docs, { _id, name, createdAt }: Calendar | SlaPolicy) => ({ ...staffRow({ kind, id: _id }, 1, doer(by), { type: `${kind}/created`, data: { name } }, createdAt), announcedAt: createdAt });
  const rows = [...of.calendars.map((each) => made("calendar", each)), ...of.policies.map((each) => made("policy", each))];
  await transaction(async (session) => {
    await calendars(session).insertMany(of.calendars, { session });
    await policies(session).insertMany(of.policies, { session });
    await events(session).insertMany(rows, { session });
  });
  forgetRules();
}

export const allCalendars = (): Promise<Calendar[]> => calendars().find({}).sort({ name: 1, _id: 1 }).toArray();
export const allPolicies = (): Promise<SlaPolicy[]> => policies().find({}).sort({ name: 1, _id: 1 }).toArray();

/** Rules are looked up again after so long by the real time; who computes by changed ones must begin later than that after the change. */
export const rulesStandMs = second;
let standing: { rules: Promise<Rules>; until: number } | null = null;

/** The desk's policies, calendars and periods, a second old at most: tickets are timed one after another. */
export function currentRules(): Promise<Rules> {
  if (standing === null || performance.now() >= standing.until) {
    standing = { rules: freshRules(), until: performance.now() + rulesStandMs };
    standing.rules.catch(forgetRules);
  }
  return standing.rules;
}

/** Whoever asks next learns what is stored. */
export function forgetRules(): void {
  standing = null;
}

/** Calendars as they were last read: what the rules have worked out for one is kept with the object. */
const known = new Map<string, Calendar>();

/** As they are stored at this moment. */
async function freshRules(): Promise<Rules> {
  const [found, read, periods] = await Promise.all([allPolicies(), allCalendars(), deskSettings()]);
  return { policies: found, periods, calendars: read.map((fresh) => {
    const kept = known.get(fresh._id);
    if (kept?.seq === fresh.seq) return kept;
    known.set(fresh._id, fresh);
    return fresh;
  }) };
}
