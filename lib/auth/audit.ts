import { z } from "zod";
import { now } from "../clock.ts";
import { defineCollection } from "../db.ts";
import { Id, newId } from "../ids.ts";
import type { Actor } from "./policy.ts";

const AuditEntry = z.object({ _id: Id, personId: Id, act: z.string(), subjectId: Id, at: z.date() });

export const audit = defineCollection({ name: "audit", room: "auth", schema: AuditEntry, indexes: [{ key: { subjectId: 1, at: 1 }, name: "subject" }] });

/** Writes down what an operator did to a thing that has no timeline of its own. */
export async function noteAct(actor: Actor, act: string, subjectId: string): Promise<void> {
  if (actor.kind !== "person") return;
  await audit().insertOne({ _id: newId(), personId: actor.id, act, subjectId, at: now() });
}

/** An admin who is no manager reads tickets only on the record: writes down that this one was read. */
export async function noteRead(actor: Actor, ticketId: string): Promise<void> {
  if (actor.kind !== "person" || !actor.roles.includes("admin") || actor.roles.includes("manager")) return;
  await audit().insertOne({ _id: newId(), personId: actor.id, act: "ticket/read", subjectId: ticketId, at: now() });
}
