import { describe, expect, test } from "vitest";
import { can, demand, grants, permissions, sightOf, system, visibleTo, type Actor, type Permission, type PersonActor, type TicketFacts } from "@/lib/auth/policy";
import { Roles, type Role } from "@/lib/auth/schema";
import { refuseUndefined } from "@/lib/filter";

const person = (roles: readonly string[], more: Partial<PersonActor> = {}): PersonActor => ({ kind: "person", id: "person-0001", name: "P", email: "p@desk.example", roles: roles as Role[], claimsFrom: [], ...more });
const ticket = (of: Partial<TicketFacts> = {}): TicketFacts => ({ requester: { id: "customer-01" }, visitor: null, assigneeId: null, watcherIds: [], queueId: "queue-0001", level: "l1", ...of });
const visitor = (id: string | null): Actor => ({ kind: "visitor", id });

describe("the permission table fails closed", () => {
  test.each(["owner", "constructor", "__proto__", "toString", "", "ADMIN", "system", "visitor"])("a person with the unknown role %j may do nothing and sees nothing", (role) => {
    const allowed = permissions.filter((permission) => can(person([role]), permission, ticket({ requester: { id: "somebody-else" } })));
    // a role named like a grantee that is no role must not lend its rights to a person
    expect(allowed).toEqual([]);
    expect(visibleTo(person([role]))).toEqual({ sight: { $in: [] } });
  });

  test.each(["ticket.delete", "constructor", "__proto__", "toString", ""])("nobody may do the unknown %j", (permission) => {
    for (const role of ["customer", "agent", "engineer", "manager", "admin"]) expect(can(person([role]), permission as Permission, ticket())).toBe(false);
    expect(can(system("rule"), permission as Permission)).toBe(false);
    expect(() => demand(person(["admin"]), permission as Permission)).toThrow("Your role does not allow this");
  });

  test("a person without a role may do nothing and sees nothing", () => {
    expect(permissions.filter((permission) => can(person([]), permission, ticket()))).toEqual([]);
    expect(visibleTo(person([]))).toEqual({ sight: { $in: [] } });
  });

  test("a visitor without a cookie is never the visitor of a ticket without one", () => {
    expect(can(visitor(null), "ticket.reply", ticket({ visitor: null }))).toBe(false);
    expect(() => visibleTo(visitor(null))).toThrow("Please sign in");
  });

  test("only managers close and assign, only admins administer, engineers never reply", () => {
    const who = (permission: Permission) => Object.keys(grants).filter((grantee) => grants[grantee as Role][permission] !== undefined).toSorted();
    expect(who("ticket.close")).toEqual(["manager", "system"]);
    expect(who("ticket.assign")).toEqual(["manager", "system"]);
    for (const permission of ["people.edit", "queues.edit", "settings.edit", "jobs.operate"] as const) expect(who(permission)).toEqual(["admin"]);
    expect(who("people.read")).toEqual(["admin", "manager"]);
    expect(who("ticket.reply")).toEqual(["agent", "customer", "manager", "visitor"]);
    expect(Object.keys(grants.admin).filter((permission) => permission.startsWith("ticket.") && permission !== "ticket.timeline")).toEqual([]);
  });
});

describe("what exists for whom", () => {
  test.each([
    [person(["customer"]), { sight: "requester:person-0001" }],
    [person(["agent"]), { sight: "staff:person-0001" }],
    [person(["agent"], { claimsFrom: ["queue-0001"] }), { sight: { $in: ["staff:person-0001", "queue:queue-0001"] } }],
    [person(["engineer"]), { sight: "engineering" }],
    [person(["manager"]), {}],
    [person(["admin"]), {}],
    [person(["customer", "agent"]), { sight: { $in: ["requester:person-0001", "staff:person-0001"] } }],
    [visitor("hash"), { sight: "visitor:hash" }],
  ])("%j: %j", (actor, scope) => {
    expect(visibleTo(actor)).toEqual(scope);
  });

  test("an owned ticket shows itself to no queue, an unescalated one to no engineer", () => {
    expect(sightOf(ticket({ assigneeId: "agent-0001", watcherIds: ["agent-0001", "agent-0002"], visitor: "hash" }))).toEqual(["requester:customer-01", "visitor:hash", "staff:agent-0001", "staff:agent-0002"]);
    expect(sightOf(ticket({ level: "engineering" }))).toEqual(["requester:customer-01", "queue:queue-0001", "engineering"]);
  });
});

test.each([{ a: undefined }, { a: { b: undefined } }, { $or: [{ a: 1 }, { b: undefined }] }, { a: { $in: [undefined] } }, { a: { $in: ["x", undefined] } }, { $and: [{ $or: [{ a: { $ne: undefined } }] }] }])("an undefined never reaches a filter: %j", (filter) => {
  expect(() => refuseUndefined(filter)).toThrow("has no value");
});

test.each([[["engineer", "agent"]], [["engineer", "admin"]], [["engineer", "customer"]], [[]], [["root"]]])("roles %j are refused", (roles) => {
  expect(Roles.safeParse(roles).success).toBe(false);
});

test("roles are kept in order, each once", () => {
  expect(Roles.parse(["admin", "manager", "admin"])).toEqual(["manager", "admin"]);
  expect(Roles.parse(["engineer"])).toEqual(["engineer"]);
});
