import type { Filter } from "../db.ts";
import { AppError, forbidden } from "../errors.ts";
import { refuseUndefined } from "../filter.ts";
import { roleOrder, type Role } from "./schema.ts";

export type PersonActor = {
  kind: "person";
  id: string;
  name: string;
  email: string;
  roles: readonly Role[];
  /** Queues whose unassigned tickets this person may see and claim; empty unless the desk's setting allows it. */
  claimsFrom: readonly string[];
};
/** Somebody without a session. `id` is the hash of the browser's visitor cookie, null when it has none. */
export type VisitorActor = { kind: "visitor"; id: string | null };
/** A job or rule of the desk, never a request. `rule` names it in the timeline. */
export type SystemActor = { kind: "system"; rule: string };
export type Actor = PersonActor | VisitorActor | SystemActor;

export const system = (rule: string): SystemActor => ({ kind: "system", rule });

/** What a decision looks at in a ticket. */
export type TicketFacts = { requester: { id: string }; visitor: string | null; assigneeId: string | null; watcherIds: readonly string[]; queueId: string | null; level: string };

type Grantee = Role | "visitor" | "system";
/** any: every ticket (or no ticket concerned) · requested: own request · assigned: owns it · claimable: unowned, in a queue of theirs · engineering: escalated there */
type Condition = "any" | "requested" | "assigned" | "claimable" | "engineering";

export const permissions = [
  "ticket.open", "ticket.openOnBehalf", "ticket.reply", "ticket.note", "ticket.edit", "ticket.escalate", "ticket.resolve", "ticket.reopen",
  "ticket.claim", "ticket.assign", "ticket.close", "ticket.rate", "ticket.timeline", "attachment.upload", "presence.set", "staff.read", "people.read", "people.edit", "queues.edit", "settings.edit", "schedule.read", "jobs.operate",
] as const;
export type Permission = (typeof permissions)[number];

/** The permission table. What is not written here is refused. */
export const grants: Record<Grantee, Partial<Record<Permission, Condition>>> = {
  visitor: { "ticket.open": "any", "ticket.reply": "requested", "ticket.rate": "requested", "ticket.timeline": "requested", "attachment.upload": "any" },
  customer: { "ticket.open": "any", "ticket.reply": "requested", "ticket.resolve": "requested", "ticket.reopen": "requested", "ticket.rate": "requested", "ticket.timeline": "requested", "attachment.upload": "any" },
  agent: {
    "ticket.openOnBehalf": "any", "ticket.reply": "assigned", "ticket.note": "assigned", "ticket.edit": "assigned", "ticket.escalate": "assigned",
    "ticket.resolve": "assigned", "ticket.reopen": "assigned", "ticket.claim": "claimable", "ticket.timeline": "any", "attachment.upload": "any", "presence.set": "any", "staff.read": "any",
  },
  engineer: { "ticket.note": "engineering", "ticket.timeline": "any", "attachment.upload": "any", "presence.set": "any", "staff.read": "any" },
  manager: {
    "ticket.openOnBehalf": "any", "ticket.reply": "any", "ticket.note": "any", "ticket.edit": "any", "ticket.escalate": "any", "ticket.resolve": "any",
    "ticket.reopen": "any", "ticket.claim": "any", "ticket.assign": "any", "ticket.close": "any", "ticket.timeline": "any", "attachment.upload": "any", "presence.set": "any",
    "staff.read": "any", "people.read": "any", "schedule.read": "any",
  },
  admin: { "ticket.timeline": "any", "presence.set": "any", "staff.read": "any", "people.read": "any", "people.edit": "any", "queues.edit": "any", "settings.edit": "any", "schedule.read": "any", "jobs.operate": "any" },
  system: { "ticket.edit": "any", "ticket.assign": "any", "ticket.escalate": "any", "ticket.resolve": "any", "ticket.close": "any" },
};

const holds: Record<Condition, (actor: Actor, ticket: TicketFacts | undefined) => boolean> = {
  any: () => true,
  requested: (actor, ticket) => {
    if (!ticket) return true;
    if (actor.kind === "person") return ticket.requester.id === actor.id;
    return actor.kind === "visitor" && actor.id !== null && ticket.visitor === actor.id;
  },
  assigned: (actor, ticket) => !ticket || (actor.kind === "person" && ticket.assigneeId === actor.id),
  claimable: (actor, ticket) => !ticket || (actor.kind === "person" && ticket.assigneeId === null && ticket.queueId !== null && actor.claimsFrom.includes(ticket.queueId)),
  engineering: (_actor, ticket) => !ticket || ticket.level === "engineering",
};

/** A role that is none (an old record, a slip in an import) lends nothing, not even when it is named like another grantee. */
const rolesOf = (actor: PersonActor): readonly Role[] => actor.roles.filter((role) => roleOrder.includes(role));
const grantees = (actor: Actor): readonly Grantee[] => (actor.kind === "person" ? rolesOf(actor) : [actor.kind]);

/** Whether the actor may do this (to this ticket). An unknown role, permission or condition is a refusal. */
export function can(actor: Actor, permission: Permission, ticket?: TicketFacts): boolean {
  return grantees(actor).some((grantee) => {
    const condition = Object.hasOwn(grants, grantee) ? grants[grantee][permission] : undefined;
    return condition !== undefined && Object.hasOwn(holds, condition) && holds[condition](actor, ticket);
  });
}

/** Throws 401 for somebody without a session whom signing in might help, else 403. */
export function demand(actor: Actor, permission: Permission, ticket?: TicketFacts): void {
  if (can(actor, permission, ticket)) return;
  if (actor.kind === "visitor") throw new AppError("unauthenticated", "Please sign in to do this.");
  throw forbidden();
}

declare const granted: unique symbol;
/** A filter that only the policy can make; a repo read that serves a person doesn't compile without one. */
export type TicketScope = Filter<{ sight: string[] }> & { readonly [granted]: true };

/** The keys that open a ticket: each ticket keeps them in `sight`, and `visibleTo` asks for those that an actor holds. */
export function sightOf(ticket: TicketFacts): string[] {
  return [
    `requester:${ticket.requester.id}`,
    ...(ticket.visitor === null ? [] : [`visitor:${ticket.visitor}`]),
    ...(ticket.assigneeId === null ? [] : [`staff:${ticket.assigneeId}`]),
    ...ticket.watcherIds.map((id) => `staff:${id}`),
    ...(ticket.assigneeId === null && ticket.queueId !== null ? [`queue:${ticket.queueId}`] : []),
    ...(ticket.level === "engineering" ? ["engineering"] : []),
  ].filter((key, index, all) => all.indexOf(key) === index);
}

/**
 * The tickets that exist for this actor; roles are a union. Throws 401 for somebody without a session and
 * without a visitor cookie.
 */
export function visibleTo(actor: Actor): TicketScope {
  if (actor.kind === "system") return scope({});
  if (actor.kind === "visitor") {
    if (actor.id === null) throw new AppError("unauthenticated", "Please sign in to do this.");
    return scope({ sight: `visitor:${actor.id}` });
  }
  if (actor.roles.includes("manager") || actor.roles.includes("admin")) return scope({});
  const keys = rolesOf(actor).flatMap((role) => keysOf(role, actor));
  return scope({ sight: keys.length === 1 && keys[0] ? keys[0] : { $in: keys } });
}

/** Whether a ticket at hand exists for this person: what `visibleTo` asks of the database. */
export function sees(actor: PersonActor, ticket: TicketFacts): boolean {
  if (actor.roles.includes("manager") || actor.roles.includes("admin")) return true;
  const open = sightOf(ticket);
  return rolesOf(actor).some((role) => keysOf(role, actor).some((key) => open.includes(key)));
}

function keysOf(role: Role, actor: PersonActor): string[] {
  switch (role) {
    case "customer":
      return [`requester:${actor.id}`];
    case "agent":
      return [`staff:${actor.id}`, ...actor.claimsFrom.map((id) => `queue:${id}`)];
    case "engineer":
      return ["engineering"];
    case "manager":
    case "admin":
      return []; // they see every ticket, without a key
  }
}

const scope = (filter: Filter<{ sight: string[] }>) => refuseUndefined(filter) as TicketScope;

declare const staff: unique symbol;
/** A person of staff; apart from PersonActor as a type, so that "not staff" leaves a customer to be a person. */
export type StaffActor = PersonActor & { readonly [staff]: true };

export const isStaff = (actor: Actor): actor is StaffActor => actor.kind === "person" && actor.roles.some((role) => role !== "customer");

/** Who did it, as event rows and messages keep it. */
export function doer(actor: Actor): { kind: Actor["kind"]; id: string; name: string } {
  if (actor.kind === "person") return { kind: "person", id: actor.id, name: actor.name };
  if (actor.kind === "visitor") return { kind: "visitor", id: actor.id ?? "", name: "Visitor" };
  return { kind: "system", id: actor.rule, name: "Twoway" };
}
