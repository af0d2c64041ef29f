import { nobody, events, type EventRow } from "../events.ts";
import { newId } from "../ids.ts";
import { people, queues, settings } from "./repo.ts";
import { hashPassword } from "./passwords.ts";
import type { DeskSettings, Person, Queue } from "./schema.ts";

/**
 * Writes people, queues and settings of the demo, a bench or an import in bulk, each with the row of its making,
 * already announced. `passwords` by email address are hashed here; nobody is invited or told.
 */
export async function restoreDesk(of: { people: Person[]; queues: Queue[]; settings: DeskSettings; passwords: ReadonlyMap<string, string> }): Promise<void> {
  const hashes = new Map<string, string>();
  for (const [email, password] of of.passwords) hashes.set(email, await hashPassword(password));
  const persons = of.people.map((person) => ({ ...person, seq: 1, passwordHash: hashes.get(person.email) ?? person.passwordHash }));
  const rows = [
    ...persons.map((person) => made({ kind: "person", id: person._id }, "person/created", person.createdAt)),
    ...of.queues.map((queue) => made({ kind: "queue", id: queue._id }, "queue/created", queue.createdAt)),
  ];
  if (persons.length > 0) await people().insertMany(persons);
  if (of.queues.length > 0) await queues().insertMany(of.queues.map((queue) => ({ ...queue, seq: 1 })));
  await settings().replaceOne({ _id: "desk" }, { ...of.settings, seq: 1 }, { upsert: true });
  if (rows.length > 0) await events().insertMany(rows);
}

const made = (subject: EventRow["subject"], type: string, at: Date): EventRow => ({
  _id: newId(), subject, seq: 1, publicSeq: null, version: 1, type, actor: { kind: "system", id: "restore", name: "Twoway" }, data: {}, why: null, audience: nobody, at, announcedAt: at,
});
