import type { z } from "zod";
import { now } from "../clock.ts";
import { AppError, invalid, missing } from "../errors.ts";
import { newId } from "../ids.ts";
import { demand, type Actor } from "./policy.ts";
import { namesOf, people, queues, removeQueue, save } from "./repo.ts";
import type { ChangeQueueInput, NewQueueInput, Queue } from "./schema.ts";
import { toQueueView, type QueueView } from "./view.ts";

/** Every queue of the desk, as rules and jobs need them. There are tens of them, not thousands. */
export const allQueues = (): Promise<Queue[]> => queues().find({}).sort({ name: 1, _id: 1 }).toArray();

/** The names of all queues by id. */
export async function queueNames(): Promise<Map<string, string>> {
  return new Map((await queues().find({}, { projection: { name: 1 } }).toArray()).map((queue) => [queue._id, queue.name]));
}

/** Every queue with its people, for staff. */
export async function queuesFor(actor: Actor): Promise<{ items: QueueView[]; nextCursor: null }> {
  demand(actor, "staff.read");
  const found = await allQueues();
  const names = await namesOf(found.flatMap((queue) => [...queue.memberIds, ...(queue.managerId ? [queue.managerId] : [])]));
  return { items: found.map((queue) => toQueueView(queue, names)), nextCursor: null };
}

async function shown(queue: Queue): Promise<QueueView> {
  return toQueueView(queue, await namesOf([...queue.memberIds, ...(queue.managerId ? [queue.managerId] : [])]));
}

/** Adds a queue. Its category must not be another queue's, so that a category has one way to go. */
export async function addQueue(actor: Actor, input: z.infer<typeof NewQueueInput>): Promise<QueueView> {
  demand(actor, "queues.edit");
  await demandPeople(input);
  await demandFreeCategory(input.category, null);
  const queue: Queue = { _id: newId(), ...input, seq: 0, createdAt: now() };
  return shown(await save("queue", null, queue, actor, [{ type: "queue/created", data: { name: queue.name } }]));
}

export async function changeQueue(actor: Actor, input: z.infer<typeof ChangeQueueInput>): Promise<QueueView> {
  demand(actor, "queues.edit");
  const queue = await queues().findOne({ _id: input.id });
  if (!queue) throw missing("queue");
  await demandPeople(input);
  if (input.category !== undefined) await demandFreeCategory(input.category, queue._id);
  const { id: _id, ...changes } = input;
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Queue>;
  return shown(await save("queue", queue, { ...queue, ...given }, actor, [{ type: "queue/changed", data: { fields: Object.keys(given) }, lostSight: queue.memberIds.filter((id) => !(given.memberIds ?? queue.memberIds).includes(id)) }]));
}

/** Deletes a queue; `inUse` says whether tickets still wait or are worked on in it, which refuses the act. */
export async function deleteQueue(actor: Actor, input: { id: string }, inUse: (id: string) => Promise<boolean>): Promise<void> {
  demand(actor, "queues.edit");
  const queue = await queues().findOne({ _id: input.id });
  if (!queue) throw missing("queue");
  if (await inUse(queue._id)) throw new AppError("conflict", "There are unsolved tickets in this queue. Move or resolve them first.");
  await removeQueue(queue, actor);
}

async function demandPeople({ memberIds = [], managerId }: { memberIds?: string[] | undefined; managerId?: string | null | undefined }): Promise<void> {
  const members = await people().find({ _id: { $in: memberIds } }, { projection: { roles: 1 } }).toArray();
  const able = members.filter((person) => person.roles.includes("agent") || person.roles.includes("manager"));
  if (able.length !== new Set(memberIds).size) throw invalid("memberIds", "may name agents and managers only");
  if (managerId) {
    const manager = await people().findOne({ _id: managerId, roles: "manager" }, { projection: { _id: 1 } });
    if (!manager) throw invalid("managerId", "must be a manager");
  }
}

async function demandFreeCategory(category: string, but: string | null): Promise<void> {
  const other = await queues().findOne({ category, ...(but ? { _id: { $ne: but } } : {}) }, { projection: { name: 1 } });
  if (other) throw new AppError("conflict", `The category ${category} belongs to the queue ${other.name}.`, { errors: [{ path: "category", message: `belongs to ${other.name}` }] });
}
