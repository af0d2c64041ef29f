import type { Person } from "../../lib/auth/schema.ts";
import { second } from "../../lib/clock.ts";
import type { History } from "../../lib/tickets/restore.ts";
import type { AttachedFile } from "../../lib/tickets/schema.ts";
import { onAssign, onEscalate, onNote, onReply, onResolve, type Act } from "../../lib/tickets/rules.ts";
import type { Customer } from "./customers.ts";
import { fromCustomer, fromStaff } from "./letters.ts";
import type { Write } from "./opening.ts";
import type { Paper } from "./papers.ts";
import type { Step } from "./story.ts";

/** Who takes part in a ticket. `wrote`: those who have replied to the customer already. */
export type Scene = { owner: Person; engineer: Person; manager: Person; facts: Customer; openedBy: Act; wrote: Set<string>; write: Write; attach: (paper: Paper | undefined) => AttachedFile[] };

export const byStaff = (person: Person, at: Date): Act => ({ by: { kind: "person", id: person._id, name: person.name }, side: "staff", at });

const privately = (body: string, files: AttachedFile[] = []) => ({ body, visibility: "private" as const, once: null, files });
const publicly = (body: string, files: AttachedFile[] = []) => ({ body, visibility: "public" as const, once: null, files });

/** What a step of a story is by the rules of the tickets' room. `next` is the agent to whom it is handed over, if it is. */
export function actsOf(step: Step, at: Date, scene: Scene, next: Person): History["acts"] {
  const { owner, manager, engineer, facts, write, wrote } = scene;
  const agent = owner.name.split(" ")[0] ?? owner.name;
  switch (step.does) {
    case "customer": {
      const [act, message] = [{ ...scene.openedBy, at }, publicly(write(fromCustomer(step.text, facts, false)), scene.attach(step.with))];
      return [{ act, decide: (ticket) => onReply(ticket, message, act) }];
    }
    case "solved": {
      const act = { ...scene.openedBy, at };
      return [{ act, decide: (ticket) => onResolve(ticket, act) }];
    }
    case "reply": {
      const writer = step.by === "manager" ? manager : owner;
      const [act, message] = [byStaff(writer, at), publicly(write(fromStaff(step.text, writer.name, !wrote.has(writer._id)), { agent }), scene.attach(step.with))];
      wrote.add(writer._id);
      return [{ act, decide: (ticket) => onReply(ticket, message, act, step.then ?? undefined) }];
    }
    case "note": {
      const [act, message] = [byStaff({ owner, manager, engineer }[step.by], at), privately(write(step.text, { agent }), scene.attach(step.with))];
      return [{ act, decide: (ticket) => onNote(ticket, message, act) }];
    }
    case "escalate": {
      const [act, why] = [byStaff(owner, at), write(step.why)];
      return [{ act, decide: (ticket) => onEscalate(ticket, step.to, why) }];
    }
    case "hand over": {
      const message = privately(write(step.text, { agent }));
      const [noting, giving] = [byStaff(manager, at), byStaff(manager, new Date(at.getTime() + 4 * second))];
      return [
        { act: noting, decide: (ticket) => onNote(ticket, message, noting) },
        { act: giving, decide: (ticket) => onAssign(ticket, { id: next._id, name: next.name }, giving) },
      ];
    }
  }
}
