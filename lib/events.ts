import { z } from "zod";
import { inngest } from "../inngest/client.ts";
import { channelsFor } from "./channels.ts";
import { now, second } from "./clock.ts";
import { defineCollection, type ClientSession } from "./db.ts";
import { heardByJobs } from "./facts.ts";
import { Id, newId } from "./ids.ts";
import { log } from "./log.ts";
import { disconnect, publish } from "./realtime.ts";

const Doer = z.object({ kind: z.enum(["person", "visitor", "system"]), id: z.string(), name: z.string() });

/** Whose open pages are told of a row, besides those who look at its subject. */
export const Audience = z.object({
  customerId: z.string().nullable(),
  staffIds: z.array(z.string()).describe("the owner first"),
  queueId: z.string().nullable(),
  lostSight: z.array(z.string()).describe("people whose connections end with this row"),
});
export type Audience = z.infer<typeof Audience>;

/** One thing that happened: timeline entry, source of every clock and figure, and outbox, in one row. */
export const EventRow = z.object({
  _id: Id,
  subject: z.object({ kind: z.enum(["ticket", "person", "queue", "settings", "calendar", "policy"]), id: Id }),
  seq: z.number().int(),
  publicSeq: z.number().int().nullable().describe("set when the customer may see it"),
  version: z.number().int().describe("of the subject after the row"),
  type: z.string(),
  actor: Doer,
  data: z.record(z.string(), z.unknown()),
  why: z.string().nullable(),
  audience: Audience,
  at: z.date(),
  announcedAt: z.date().nullable(),
});
export type EventRow = z.infer<typeof EventRow>;

/** What a rule says happened; the room's `save` numbers it and stores it with the change. */
export type NewEvent = {
  type: string;
  data?: Record<string, unknown>;
  why?: string | null;
  public?: boolean;
  lostSight?: string[];
  /** No activity: what the desk reminds of, or a rating. It moves no ticket up in a list and keeps none from being closed. */
  quiet?: true;
};

export const events = defineCollection({
  name: "events",
  room: "lib/events.ts",
  schema: EventRow,
  indexes: [
    { key: { "subject.id": 1, seq: 1 }, name: "subject_seq", unique: true },
    { key: { at: 1 }, name: "unannounced", partialFilterExpression: { announcedAt: null } },
  ],
});

export const nobody: Audience = { customerId: null, staffIds: [], queueId: null, lostSight: [] };

/** A row for a subject that no customer ever sees (a person, a queue, the settings). */
export function staffRow(subject: EventRow["subject"], seq: number, actor: EventRow["actor"], event: NewEvent, at: Date): EventRow {
  const audience = { ...nobody, staffIds: subject.kind === "person" ? [subject.id] : [], lostSight: event.lostSight ?? [] };
  return { _id: newId(), subject, seq, publicSeq: null, version: seq, type: event.type, actor, data: event.data ?? {}, why: event.why ?? null, audience, at, announcedAt: null };
}

type Listener = (row: EventRow) => Promise<void>;
/** Kept on the global object: Next loads this file once a bundle. */
const held = globalThis as { twowayHeardHere?: Map<string, Listener> };

/**
 * Has rows of a type acted on in this process as they are announced, where a run of its own would cost more than the
 * act. The jobs still listen: a row whose act failed here is sent to them, one that a crash cut off is announced again.
 */
export function hearHere(type: string, listener: Listener): void {
  (held.twowayHeardHere ??= new Map()).set(type, listener);
}

/** Tells the jobs of rows; of those that are acted on here, only if that failed: a job tries again, and tells when it can't. */
async function sendHeard(rows: readonly EventRow[]): Promise<void> {
  const send = async (heard: readonly EventRow[]) => {
    if (heard.length > 0) await inngest().send(heard.map((row) => ({ id: row._id, name: row.type, ts: row.at.getTime(), data: { rowId: row._id, subjectId: row.subject.id } })));
  };
  const listener = ({ type }: EventRow) => held.twowayHeardHere?.get(type);
  const here = rows.map((row) => listener(row)?.(row).catch(() => send([row])));
  await Promise.all([send(rows.filter((row) => !listener(row))), ...here]);
}

const underWay = new Set<Promise<void>>();

/**
 * Announces committed rows to jobs and open pages, and marks them, while the answer goes out: a command must not
 * wait for, or fail with, whoever listens. Called after the commit, never inside it; never throws: what can't be
 * announced now is announced by the sweep. Same row, same event id: a listener may hear it twice and acts once.
 */
export function announce(rows: readonly EventRow[]): void {
  if (rows.length === 0) return;
  const relay = relayed(rows).finally(() => underWay.delete(relay));
  underWay.add(relay);
}

/** Resolves when every announcement that was under way has ended. */
export const announced = async (): Promise<void> => void (await Promise.all(underWay));

async function relayed(rows: readonly EventRow[]): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve)); // the answer first
  try {
    const published = publish(rows.flatMap(channelsFor));
    await sendHeard(rows.filter(heardByJobs));
    await published;
    await Promise.all([...new Set(rows.flatMap((row) => row.audience.lostSight))].map(disconnect));
    await events().updateMany({ _id: { $in: rows.map((row) => row._id) } }, { $set: { announcedAt: now() } });
  } catch (error) {
    log("warn", "rows stay unannounced until the sweep", { rows: rows.length, error });
  }
}

/** Announces what a crash or a failed send left behind: rows older than three seconds, oldest first. Answers how many. */
export async function announceLeftBehind(limit = 100): Promise<number> {
  const before = new Date(now().getTime() - 3 * second);
  const rows = await events().find({ announcedAt: null, at: { $lt: before } }).sort({ at: 1 }).limit(limit).toArray();
  if (rows.length > 0) await relayed(rows);
  return rows.length;
}

/** The row that a job was told of. Null when it is gone. */
export const rowOf = (rowId: string): Promise<EventRow | null> => events().findOne({ _id: rowId });

/** The row of a subject with this number. Null when there is none. */
export const rowAt = (subjectId: string, seq: number): Promise<EventRow | null> => events().findOne({ "subject.id": subjectId, seq });

/** All rows of several subjects at once, each subject's in order. */
export async function rowsOfEach(subjectIds: readonly string[]): Promise<Map<string, EventRow[]>> {
  const rows = await events().find({ "subject.id": { $in: [...subjectIds] } }).sort({ "subject.id": 1, seq: 1 }).toArray();
  return Map.groupBy(rows, (row) => row.subject.id);
}

/** What a replay reads of a row. */
export type Happened = Pick<EventRow, "type" | "at" | "data">;

/** The rows of these types of several subjects, each subject's in order, a few at a time: whoever reads long histories must not hold up the process. */
export async function happenedToEach(subjectIds: readonly string[], types: readonly string[]): Promise<Map<string, Happened[]>> {
  const found = new Map<string, Happened[]>();
  const rows = events().find({ "subject.id": { $in: [...subjectIds] }, type: { $in: [...types] } }, { projection: { _id: 0, subject: 1, type: 1, at: 1, data: 1 } }).sort({ "subject.id": 1, seq: 1 }).batchSize(500);
  for await (const { subject, type, at, data } of rows) {
    const happened = found.get(subject.id);
    if (happened) happened.push({ type, at, data });
    else found.set(subject.id, [{ type, at, data }]);
  }
  return found;
}

/** The rows of one subject in order; `publicOnly` leaves the rows that a customer may see. */
export function rowsOf(subjectId: string, { publicOnly, session }: { publicOnly: boolean; session?: ClientSession }): Promise<EventRow[]> {
  const filter = publicOnly ? { "subject.id": subjectId, publicSeq: { $ne: null } } : { "subject.id": subjectId };
  return events(session).find(filter).sort({ seq: 1 }).limit(2000).toArray();
}
