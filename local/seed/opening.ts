import type { Person } from "../../lib/auth/schema.ts";
import { newId } from "../../lib/ids.ts";
import type { History } from "../../lib/tickets/restore.ts";
import { unlookedAt, type Act } from "../../lib/tickets/rules.ts";
import type { Category, Ticket } from "../../lib/tickets/schema.ts";
import { isVisitor, type Customer } from "./customers.ts";
import { fromCustomer } from "./letters.ts";
import type { Plan } from "./plan.ts";
import type { Random } from "./random.ts";

/** Text with this ticket's words in it. */
export type Write = (text: string, more?: Readonly<Record<string, string>>) => string;

const channels = ["portal", "portal", "portal", "portal", "portal", "portal", "email", "email", "chat", "api"] as const;

/** How a planned ticket came in: by a customer, by a visitor's browser, or as the follow-up of a closed one. */
export function openingOf(plan: Plan, requester: Person, facts: Customer, follows: Ticket | null, write: Write, draw: Random): { opening: History["opening"]; openedBy: Act } {
  const said = follows ? plan.story.afterwards?.opening : turn(plan.story.openings, plan.variant);
  const visitor = isVisitor(plan.customer) ? newId() + newId() : null;
  const channel = draw.pick(channels);
  const chosen = draw.chance(0.14) && visitor === null;
  return {
    opening: {
      id: newId(),
      subject: follows?.subject ?? write(turn(plan.story.subjects, plan.variant)),
      body: write(fromCustomer(said ?? "", facts, true)),
      requester: { id: requester._id, name: requester.name, email: requester.email },
      visitor, priority: "normal", tags: [],
      channel: visitor !== null ? "portal" : (follows?.channel ?? channel),
      category: follows ? inherited(follows.category) : chosen ? { name: plan.story.category, confidence: 1, by: "person", why: `${requester.name} chose it.` } : unlookedAt,
      follows: follows ? { id: follows._id, number: follows.number } : null,
    },
    openedBy: { by: { kind: visitor === null ? "person" : "visitor", id: requester._id, name: requester.name }, side: "customer", at: plan.pace.createdAt },
  };
}

const inherited = (category: Category) => (category.by === "default" ? unlookedAt : category);

const turn = (of: readonly [string, ...string[]], variant: number): string => of[variant % of.length] ?? of[0];
