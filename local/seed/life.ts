import { doer, system } from "../../lib/auth/policy.ts";
import type { Person } from "../../lib/auth/schema.ts";
import { second } from "../../lib/clock.ts";
import type { History } from "../../lib/tickets/restore.ts";
import { apply, blank, onClose, onEdit, opened, type Act, type Change } from "../../lib/tickets/rules.ts";
import type { Ticket } from "../../lib/tickets/schema.ts";
import { actsOf, byStaff, type Scene } from "./acts.ts";
import { customers } from "./customers.ts";
import { openingOf, type Write } from "./opening.ts";
import { paperOf, type DemoFile } from "./papers.ts";
import type { Plan } from "./plan.ts";
import { randomFrom } from "./random.ts";
import { ratingBy } from "./rated.ts";
import { givenTo, heldByManager, nobodyThere, placedBy, takeTurn, type Placed, type Stretch, type Turns } from "./turns.ts";
import { filled, wordsFor } from "./words.ts";

/** The people whom lives are about; `customers` in the order of customers.ts. */
export type Cast = { customers: readonly Person[]; engineers: readonly Person[]; manager: Person; turns: Turns };

/** `seen`: how far each person had read, by what they did last. */
export type Life = { history: History; ticket: Ticket; seen: ReadonlyMap<string, number>; files: readonly DemoFile[] };

type Take = (act: Act, decide: (ticket: Ticket) => Change) => void;

const bySystem = (rule: string, at: Date): Act => ({ by: doer(system(rule)), side: "system", at });
const firstName = (person: Person) => person.name.split(" ")[0] ?? person.name;

/**
 * Lives a planned ticket through, step by step, by the rules of the tickets' room: what comes out is the history
 * for `restore`, and the ticket as it will stand. `number` is the number that it will get.
 */
export function lifeOf(plan: Plan, cast: Cast, number: number, follows: Ticket | null): Life {
  const draw = randomFrom(`${plan.key}/life`);
  const facts = customers[plan.customer];
  const requester = cast.customers[plan.customer];
  if (!facts || !requester) throw new Error("every plan has a customer");
  const engineer = draw.pick(cast.engineers);
  const words = wordsFor(facts, plan.pace.createdAt, randomFrom(`${plan.follows?.key ?? plan.key}/words`));
  const write: Write = (text, more = {}) => filled(text, words, { engineer: firstName(engineer), manager: firstName(cast.manager), ...more });
  const files: DemoFile[] = [];
  const attach: Scene["attach"] = (paper) => {
    if (!paper) return [];
    const { bytes, ...file } = paperOf(paper);
    files.push({ ...file, bytes });
    return [file];
  };
  const said = openingOf(plan, requester, facts, follows, write, draw);
  const [opening, openedBy] = [{ ...said.opening, files: attach((follows ? null : plan.story.opensWith) ?? undefined) }, said.openedBy];

  const before = blank({ ...opening, number, once: null }, openedBy);
  let ticket = apply(before, opened(before, opening), openedBy).ticket;
  const acts: History["acts"] = [];
  const life: Stretch[] = [];
  const seen = new Map<string, number>();
  const take: Take = (act, decide) => {
    acts.push({ act, decide });
    ticket = apply(ticket, decide(ticket), act).ticket;
    life.push({ at: act.at, status: ticket.status, assigneeId: ticket.assigneeId });
    seen.set(act.by.id, act.side === "customer" ? ticket.publicSeq : ticket.seq);
  };

  const placed = placedBy(cast.turns, opening.category, opening.subject, opening.body);
  const scene: Scene = { owner: routed(plan, cast, placed, take), engineer, manager: cast.manager, facts, openedBy, wrote: new Set(), write, attach };
  cast.turns.lives.push(life);
  const others = cast.turns.people.filter((person) => placed.queue.memberIds.includes(person._id));
  let sorted = false;
  plan.steps.forEach((step, index) => {
    const at = plan.pace.steps[index];
    if (!at) throw new Error("every step has its moment");
    if (!sorted && step.does !== "customer" && step.does !== "solved") {
      sorted = true;
      sort(plan, cast.turns, byStaff(scene.owner, new Date(at.getTime() - draw.between(50, 100) * second)), ticket, take);
    }
    const next = draw.pick(others.filter((person) => person !== scene.owner));
    for (const { act, decide } of actsOf(step, at, scene, next)) take(act, decide);
    if (step.does === "hand over") scene.owner = next;
  });
  if (plan.closedAt) {
    const rating = ticket.resolution ? ratingBy(openedBy, plan.key, ticket.resolution.at) : null;
    if (rating) take(rating.act, rating.decide);
    const closing = bySystem("auto-close", plan.closedAt);
    take(closing, (newest) => onClose(newest, closing, "No activity for 7 days after it was resolved."));
  }
  return { history: { opening, openedBy, acts }, ticket, seen, files };
}

/** Before their first answer the owner sets priority and tags, and puts right what the keywords got wrong. */
function sort(plan: Plan, turns: Turns, act: Act, ticket: Ticket, take: Take): void {
  const right = turns.queues.find((queue) => queue.category === plan.story.category);
  const category = ticket.queueId === right?._id ? undefined : { name: plan.story.category, queueId: right?._id ?? null };
  const edit = { category, priority: plan.story.priority, tags: [...plan.story.tags] };
  if (onEdit(ticket, edit, act).happened.length > 0) take(act, (newest) => onEdit(newest, edit, act));
}

/** Routing's part: at once, or by way of the manager when it came in while nobody was there. Answers the owner. */
function routed(plan: Plan, { turns, manager }: Cast, placed: Placed, take: Take): Person {
  const { createdAt, routedAt } = plan.pace;
  const draw = randomFrom(`${plan.key}/routing`);
  if (routedAt.getTime() - createdAt.getTime() > 10 * second) {
    const found = new Date(createdAt.getTime() + draw.between(280, 1400));
    const decision = nobodyThere(turns, placed.queue, found, manager);
    take(bySystem("routing", found), (ticket) => heldByManager(ticket, placed, decision, manager));
  }
  const members = turns.people.filter((person) => placed.queue.memberIds.includes(person._id));
  const stays = draw.pick(members);
  const absent = new Map(members.filter((person) => person !== stays && draw.chance(0.14)).map((person) => [person._id, draw.chance(0.7) ? "is away" : "is offline"]));
  const { chosen, decision } = takeTurn(turns, placed.queue, routedAt, absent);
  const owner = turns.people.find((person) => person._id === chosen?.id);
  if (!chosen || !owner) throw new Error("somebody of the queue is always there");
  const act = bySystem("routing", routedAt);
  take(act, (ticket) => givenTo(ticket, placed, chosen, decision, act));
  return owner;
}
