import { colleagues, managerFor, sees, type Colleague } from "../auth/service.ts";
import { channels } from "../channels.ts";
import { now } from "../clock.ts";
import { isDuplicate } from "../db.ts";
import { rowOf, type EventRow } from "../events.ts";
import { membersOf, publish } from "../realtime.ts";
import { ticketNow, wordsOf, type TicketNow } from "../tickets/service.ts";
import { postToSlack } from "./letters.ts";
import { mailNotice } from "./due.ts";
import { wishesOf } from "./preferences.ts";
import { notices } from "./repo.ts";
import type { Notice, NoticeKind } from "./schema.ts";
import { told, ways, type Relation } from "./table.ts";
import { mailTime } from "./when.ts";

/**
 * Tells staff of one event row, by the table and by each person's wishes: a notice in the page, a mail now or later, a
 * post in Slack. Told are people who are active and see the ticket at this moment, never the one who did it. Safe to
 * repeat, and to be killed anywhere: what was stored first counts.
 */
export async function tellOf(row: EventRow): Promise<void> {
  const lines = told(row);
  const ticket = lines.length > 0 ? await ticketNow(row.subject.id) : null;
  if (!ticket) return;
  const kinds = new Map<string, NoticeKind>();
  const people = await audience(row, ticket, [...new Set(lines.flatMap(({ to }) => to))]);
  for (const { kind, to } of lines) for (const person of people) if (to.some((relation) => person.is.has(relation))) kinds.set(person.id, kind);
  await Promise.all([
    kinds.size > 0 ? toldEach(row, people.filter(({ id }) => kinds.has(id)), kinds) : null,
    ...lines.filter(({ kind }) => ways[kind].slack).map(({ kind }) => postToSlack({ kind, rowId: row._id })),
  ]);
}

/** As `tellOf`, for a job that was told of a row. */
export async function tell(rowId: string): Promise<void> {
  const row = await rowOf(rowId);
  if (row) await tellOf(row);
}

type Told = Colleague & { is: ReadonlySet<Relation> };

/** Everybody who stands in one of these relations to the ticket and is to hear of the row, without who caused it. */
async function audience(row: EventRow, ticket: TicketNow, relations: readonly Relation[]): Promise<Told[]> {
  const owner = ticket.assigneeId;
  const mentioned = relations.includes("mentioned") ? (row.data.mentions as string[]) : [];
  const manager = relations.includes("manager") || (relations.includes("owner or manager") && owner === null) ? await managerFor(ticket.queueId) : null;
  const ids = [...mentioned, ...(relations.some((relation) => relation.includes("owner")) ? [owner] : []), manager].filter((id) => id !== null);
  const found = await colleagues(ids, { engineers: relations.includes("engineers") });
  const stands: Record<Relation, (person: Colleague) => boolean> = {
    owner: ({ id }) => id === owner,
    "new owner": ({ id }) => id === owner && id === row.data.to,
    manager: ({ id }) => id === manager,
    "owner or manager": ({ id }) => id === (owner ?? manager),
    mentioned: ({ id }) => mentioned.includes(id),
    engineers: ({ roles }) => roles.includes("engineer"),
  };
  return found
    .filter((person) => person.id !== row.actor.id && sees(person, ticket))
    .map((person) => ({ ...person, is: new Set(relations.filter((relation) => stands[relation](person))) }))
    .filter(({ is }) => is.size > 0);
}

async function toldEach(row: EventRow, people: readonly Told[], kinds: ReadonlyMap<string, NoticeKind>): Promise<void> {
  const at = now();
  const [wishes, looking, words] = await Promise.all([wishesOf(people.map(({ id }) => id)), lookers(row, people), wordsIn(row)]);
  const made = people.map((person): Notice => {
    const kind = kinds.get(person.id) as NoticeKind;
    const looks = looking.has(person.id);
    return {
      _id: `${row._id}:${kind}:${person.id}`, rowId: row._id, kind, personId: person.id, ticketId: row.subject.id, seq: row.seq,
      by: row.actor.kind === "system" ? null : row.actor.name, words, detail: detailOf(row),
      at: row.at, readAt: looks ? at : null, ...(looks ? { mailAt: null, gathered: false } : mailTime(kind, wishes(person.id), { away: person.away, at })),
    };
  });
  const kept = await keep(made);
  await publish(kept.map(({ _id, personId }) => ({ channel: channels.person(personId), event: "notification.new", payload: { id: _id } })));
  await Promise.all(kept.filter(({ mailAt, gathered, readAt }) => mailAt && mailAt <= at && !gathered && !readAt).map(mailNotice));
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const detailOf = ({ type, data }: EventRow): string | null => (type === "ticket/escalated" ? text(data.to) : typeof data.score === "number" ? String(data.score) : text(data.clock));

/** What a row says in words, for staff. */
async function wordsIn({ type, data, why }: EventRow): Promise<string | null> {
  if (typeof data.messageId === "string") return wordsOf(data.messageId);
  return type === "ticket/rated" ? text(data.comment) : type === "ticket/escalated" ? why : null;
}

/** Who has the ticket on screen: they need no mail, and have read what is told. Only who has a page open can, and was able to see the ticket before the row. */
async function lookers(row: EventRow, people: readonly Told[]): Promise<ReadonlySet<string>> {
  const came = row.type === "ticket/assigned" ? row.data.to : null;
  const able = people.filter(({ id, open, roles }) => open && (id !== came || roles.includes("manager") || roles.includes("admin")));
  return able.length > 0 ? membersOf(channels.ticketPresence(row.subject.id)) : new Set();
}

/** Stores notices; answers them as they are stored, which is as the first run decided. */
async function keep(made: readonly Notice[]): Promise<readonly Notice[]> {
  try {
    await notices().insertMany([...made], { ordered: false });
    return made;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return notices().find({ _id: { $in: made.map(({ _id }) => _id) } }).toArray();
  }
}
