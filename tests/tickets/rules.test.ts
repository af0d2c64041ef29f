import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/errors";
import { apply, blank, onAssign, onClose, onEdit, onEscalate, onNote, onReopen, onReply, onResolve, onStatus, onUnassign, opened, unlookedAt, type Act } from "@/lib/tickets/rules";
import type { Status, Ticket } from "@/lib/tickets/schema";

const at = new Date("2026-03-02T09:00:00Z");
const customer: Act = { by: { kind: "person", id: "customer01", name: "Tia" }, side: "customer", at };
const agent: Act = { by: { kind: "person", id: "agent00001", name: "Ana" }, side: "staff", at };
const message = { body: "Hello there", visibility: "public" as const, once: null };

function ticket(set: Partial<Ticket> = {}): Ticket {
  const before = blank({ number: 1001, subject: "Invoice twice", body: "Please help", channel: "portal", requester: { id: "customer01", name: "Tia", email: "tia@shop.example" }, visitor: null, category: unlookedAt, priority: "normal", tags: [], follows: null, once: null }, customer);
  return { ...apply(before, opened(before, { body: "Please help" }), customer).ticket, ...set };
}

const after = (before: Ticket, act: Act, change: ReturnType<typeof onNote>) => apply(before, change, act).ticket;
const kindOf = (run: () => unknown): string => {
  try {
    run();
    return "allowed";
  } catch (error) {
    if (error instanceof AppError) return error.kind;
    throw error;
  }
};

describe("the status table of the domain", () => {
  test.each<[Status, Status | "conflict"]>([["new", "open"], ["open", "open"], ["pending", "pending"], ["on_hold", "on_hold"], ["resolved", "resolved"], ["closed", "conflict"]])("a public reply by staff: %s → %s", (from, to) => {
    const before = ticket({ status: from });
    if (to === "conflict") expect(kindOf(() => onReply(before, message, agent))).toBe("conflict");
    else expect(after(before, agent, onReply(before, message, agent)).status).toBe(to);
  });

  test.each<[Status, Status | "conflict"]>([["new", "new"], ["open", "open"], ["pending", "open"], ["on_hold", "open"], ["resolved", "open"], ["closed", "conflict"]])("a customer's reply: %s → %s", (from, to) => {
    const before = ticket({ status: from });
    if (to === "conflict") expect(kindOf(() => onReply(before, message, customer))).toBe("conflict");
    else expect(after(before, customer, onReply(before, message, customer)).status).toBe(to);
  });

  test.each<Status>(["new", "open", "pending", "on_hold", "resolved", "closed"])("a private note leaves %s as it is", (status) => {
    const before = ticket({ status });
    expect(after(before, agent, onNote(before, { ...message, visibility: "private" }, agent)).status).toBe(status);
  });

  test.each<[Status, string]>([["new", "allowed"], ["open", "allowed"], ["pending", "allowed"], ["on_hold", "allowed"], ["resolved", "conflict"], ["closed", "conflict"]])("resolving from %s is %s", (status, expected) => {
    expect(kindOf(() => onResolve(ticket({ status }), agent))).toBe(expected);
  });

  test.each<[Status, string]>([["new", "conflict"], ["open", "conflict"], ["pending", "conflict"], ["on_hold", "conflict"], ["resolved", "allowed"], ["closed", "conflict"]])("reopening from %s is %s", (status, expected) => {
    expect(kindOf(() => onReopen(ticket({ status }), agent))).toBe(expected);
  });

  test.each<[Status, string]>([["new", "allowed"], ["resolved", "allowed"], ["closed", "conflict"]])("closing from %s is %s", (status, expected) => {
    expect(kindOf(() => onClose(ticket({ status }), agent))).toBe(expected);
  });

  test.each<[Status, string]>([["new", "allowed"], ["pending", "allowed"], ["resolved", "conflict"], ["closed", "conflict"]])("setting a status by hand from %s is %s", (status, expected) => {
    expect(kindOf(() => onStatus(ticket({ status }), "on_hold"))).toBe(expected);
  });

  test("a reply sent with a status sets it, and sent with resolved resolves", () => {
    const before = ticket();
    expect(after(before, agent, onReply(before, message, agent, "pending")).status).toBe("pending");
    const resolved = after(before, agent, onReply(before, message, agent, "resolved"));
    expect(resolved.status).toBe("resolved");
    expect(resolved.resolution).toEqual({ at, by: agent.by });
  });
});

describe("numbers", () => {
  test("the version rises with status, priority, category, queue, level, assignee and tags only", () => {
    const before = ticket({ status: "open" });
    const version = (change: ReturnType<typeof onNote>) => after(before, agent, change).version - before.version;
    expect(version(onReply(before, message, agent))).toBe(0);
    expect(version(onNote(before, { ...message, visibility: "private" }, agent))).toBe(0);
    expect(version(onStatus(before, "pending"))).toBe(1);
    expect(version(onEdit(before, { priority: "urgent" }, agent))).toBe(1);
    expect(version(onEdit(before, { tags: ["vip"] }, agent))).toBe(1);
    expect(version(onEdit(before, { category: { name: "billing", queueId: null } }, agent))).toBe(1);
    expect(version(onEscalate(before, "engineering", "a bug"))).toBe(1);
    expect(version(onAssign(before, { id: "agent00002", name: "Ben" }, agent))).toBe(1);
  });

  test("a private note moves seq, and neither publicSeq, publicAt, message count nor the snippet", () => {
    const before = ticket();
    const later: Act = { ...agent, at: new Date(at.getTime() + 60_000) };
    const noted = after(before, later, onNote(before, { body: "secret plan", visibility: "private", once: null }, later));
    expect(noted.seq).toBe(before.seq + 1);
    expect([noted.publicSeq, noted.publicAt, noted.messageCount, noted.latest]).toEqual([before.publicSeq, before.publicAt, before.messageCount, before.latest]);
    expect(noted.terms).toContain("!secret");
    expect(noted.terms).not.toContain("secret");
  });

  test("rows are numbered without gaps, public ones with their own numbers", () => {
    const before = ticket();
    const { rows } = apply(before, onReply(before, message, agent, "pending"), agent);
    expect(rows.map((row) => [row.type, row.seq, row.publicSeq])).toEqual([["ticket/replied", 2, 2], ["ticket/status-changed", 3, 3]]);
  });
});

describe("owners and levels", () => {
  test("a ticket that a manager got for lack of a free agent returns to l1 with its new owner", () => {
    const before = ticket({ level: "manager", assigneeId: "manager001", routing: { state: "waiting", since: at, escalatedForLack: true, decision: null } });
    const assigned = after(before, agent, onAssign(before, { id: "agent00001", name: "Ana" }, agent));
    expect([assigned.level, assigned.assigneeId, assigned.routing.state]).toEqual(["l1", "agent00001", "settled"]);
  });

  test("once a person has acted on it, it leaves the drain", () => {
    const before = ticket({ level: "manager", assigneeId: "manager001", routing: { state: "waiting", since: at, escalatedForLack: true, decision: null } });
    expect(after(before, agent, onReply(before, message, agent)).routing.state).toBe("settled");
    expect(after(before, customer, onReply(before, message, customer)).routing.state).toBe("waiting");
  });

  test("sending back takes the owner away and waits for routing again; the former owner loses sight", () => {
    const before = ticket({ assigneeId: "agent00001" });
    const { ticket: back, rows } = apply(before, onUnassign(before, agent), agent);
    expect([back.assigneeId, back.routing.state]).toEqual([null, "waiting"]);
    expect(rows[0]?.audience.lostSight).toEqual(["agent00001"]);
    expect(back.sight).not.toContain("staff:agent00001");
  });

  test("escalating keeps the owner, and a level that it has already is a conflict", () => {
    const before = ticket({ assigneeId: "agent00001", status: "open" });
    expect(after(before, agent, onEscalate(before, "engineering", "a bug")).assigneeId).toBe("agent00001");
    expect(kindOf(() => onEscalate(before, "l1", "again"))).toBe("conflict");
  });
});
