import { people, queues, settings } from "@/lib/auth/repo";
import type { Person, Queue } from "@/lib/auth/schema";
import { hashOf } from "@/lib/auth/tokens";
import { newId } from "@/lib/ids";
import { notices } from "@/lib/notifications/repo";
import { calendars, policies } from "@/lib/sla/repo";
import type { Calendar, SlaPolicy } from "@/lib/sla/schema";
import { usualRules } from "@/lib/sla/usual";
import type { Ticket } from "@/lib/tickets/schema";
import { a, an, somebody, type Somebody } from "../support/desk";

/** Who asks, in the order of the table's columns. */
export const columns = ["nobody", "visitor", "stranger", "customer", "other", "owner", "agent", "watcher", "member off", "member on", "engineer", "manager", "admin"] as const;
export type Column = (typeof columns)[number];

/** How the ticket of a case stands. All have the same requester, visitor, queue and watcher. */
export type Standing = "owned" | "unowned" | "engineering" | "resolved";

export type Cast = { persons: Record<Exclude<Column, "nobody" | "visitor" | "stranger">, Somebody>; cookies: { visitor: string; stranger: string }; queue: Queue };

/** Everybody of the table: the member of the queue is the same agent, asked with the setting off and on. */
export async function cast(): Promise<Cast> {
  const [customer, other, owner, agent, watcher, member] = [await a.customer(), await a.customer(), await an.agent(), await an.agent(), await an.agent(), await an.agent()];
  const [engineer, manager, admin] = [await an.engineer(), await a.manager(), await an.admin()];
  await an.admin(); // so that the one of the table is never the last
  const queue = await a.queue({ memberIds: [member.id] });
  visible = false;
  await settings().replaceOne({ _id: "desk" }, { name: "Desk", queueVisibility: false, offlineGraceMinutes: 15, seq: 1 }, { upsert: true });
  const persons = { customer, other, owner, agent, watcher, "member off": member, "member on": member, engineer, manager, admin };
  return { persons, cookies: { visitor: newId() + newId(), stranger: newId() + newId() }, queue };
}

let visible: boolean | null = null;

/** The desk's setting by which a member sees the unassigned tickets of their queues. */
export async function setQueueVisibility(on: boolean): Promise<void> {
  if (visible !== on) await settings().updateOne({ _id: "desk" }, { $set: { queueVisibility: on } });
  visible = on;
}

export function headersOf({ persons, cookies }: Cast, column: Column): Record<string, string> {
  if (column === "nobody") return {};
  if (column === "visitor" || column === "stranger") return { cookie: `twoway_visitor=${cookies[column]}`, origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" };
  return { authorization: `Bearer ${persons[column].bearer}` };
}

export function ticketIn({ persons, cookies, queue }: Cast, standing: Standing, set: Partial<Omit<Ticket, "requester">> = {}): Promise<Ticket> {
  return a.ticket({
    requester: persons.customer,
    visitor: hashOf(cookies.visitor),
    queueId: queue._id,
    watcherIds: [persons.watcher.id],
    assigneeId: standing === "unowned" ? null : persons.owner.id,
    level: standing === "engineering" ? "engineering" : "l1",
    ...(standing === "resolved" ? { status: "resolved" as const, resolution: { at: new Date(), by: { kind: "person" as const, id: persons.owner.id, name: persons.owner.name } } } : {}),
    ...set,
  });
}

/** What a case is about: made anew for each, so that no case lives off another's change. */
export type Scene = Cast & { ticket: Ticket; colleague: Person; spare: Queue; calendar: Calendar; policy: SlaPolicy; asker: string };

export async function sceneFor(of: Cast, column: Column, standing: Standing): Promise<Scene> {
  const [ticket, { person: colleague }, spare] = await Promise.all([ticketIn(of, standing), somebody(["agent"]), a.queue()]);
  const [calendar] = usualRules("Europe/Berlin", new Date()).calendars.map((each) => ({ ...each, name: `Calendar ${each._id}` }));
  const [policy] = usualRules("Europe/Berlin", new Date()).policies.map((each) => ({ ...each, name: `Policy ${each._id}`, default: false }));
  if (!calendar || !policy) throw new Error("there are usual rules");
  await Promise.all([calendars().insertOne(calendar), policies().insertOne(policy)]);
  const asker = column === "nobody" || column === "visitor" || column === "stranger" ? of.persons.agent.id : of.persons[column].id;
  await notices().insertOne({ _id: newId(), rowId: newId(), kind: "assigned", personId: asker, ticketId: ticket._id, seq: 1, by: null, words: null, detail: null, at: new Date(), readAt: null, mailAt: null, gathered: false });
  return { ...of, ticket, colleague, spare, calendar, policy, asker };
}

export const personNow = (id: string) => people().findOne({ _id: id });
/** The calendar and policy of a scene as they stand. */
export const rulesNow = ({ calendar, policy }: Scene) => Promise.all([calendars().findOne({ _id: calendar._id }), policies().findOne({ _id: policy._id })]);
export const queueNow = (id: string) => queues().findOne({ _id: id });
