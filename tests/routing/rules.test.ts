import { describe, expect, test } from "vitest";
import type { Queue } from "@/lib/auth/schema";
import { byKeywords, queueOf, whenNobodyIsFree, whoseTurn, type Contender } from "@/lib/routing/rules";

const at = new Date("2026-03-02T09:00:00Z");
const minutesAgo = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const queue = (name: string, keywords: string[]): Queue => ({ _id: `queue-${name}`, name, category: name, keywords, managerId: null, memberIds: [], waitMinutes: 0, escalateTo: "l1", seq: 1, createdAt: at });
const queues = [queue("billing", ["invoice", "refund", "charged twice"]), queue("technical", ["error", "crash"]), queue("general", [])];
const contender = (id: string, of: Partial<Contender> = {}): Contender => ({ id, name: id, capacity: 2, open: null, lastAssignedAt: null, turnVersion: 0, unable: null, ...of });

describe("category by keywords", () => {
  test.each([
    ["Refund please", "I was charged twice", "billing"],
    ["The app shows an error", "it says crash", "technical"],
    ["A question", "about your office hours", "general"],
    ["INVOICE", "", "billing"],
    ["Rechnung", "invoices are not the word: only whole words count", "general"],
  ])("%s / %s → %s", (subject, body, expected) => {
    expect(byKeywords(subject, body, queues).name).toBe(expected);
  });

  test("it says which words led there, and two queues that say as much are not clear enough", () => {
    expect(byKeywords("Refund", "", queues).why).toContain("refund");
    const torn = byKeywords("", "a refund for the crash", queues);
    expect(torn.name).toBe("general");
    expect(torn.confidence).toBeLessThan(0.5);
  });

  test("a category without a queue goes to general", () => {
    expect(queueOf("legal", queues)?.name).toBe("general");
    expect(queueOf("legal", [])).toBeNull();
  });
});

describe("whose turn", () => {
  test("the free one whose last assignment is oldest, and those who never had one first", () => {
    const turn = whoseTurn([contender("ana", { lastAssignedAt: minutesAgo(1) }), contender("ben", { lastAssignedAt: minutesAgo(9) }), contender("cat")], "Billing", at);
    expect(turn.chosen?.id).toBe("cat");
    expect(whoseTurn([contender("ana", { lastAssignedAt: minutesAgo(1) }), contender("ben", { lastAssignedAt: minutesAgo(9) })], "Billing", at).chosen?.id).toBe("ben");
  });

  test("everybody passed over is named with the reason", () => {
    const { chosen, decision } = whoseTurn([contender("ana", { unable: "is away" }), contender("ben", { open: 2 }), contender("cat"), contender("dan", { lastAssignedAt: minutesAgo(1) })], "Billing", at);
    expect(chosen?.id).toBe("cat");
    expect(Object.fromEntries(decision.considered.map((each) => [each.id, each.passedOver]))).toEqual({ cat: null, ana: "is away", ben: "has 2 of 2 tickets", dan: "had a ticket more recently" });
  });

  test("nobody over capacity, nobody unable", () => {
    expect(whoseTurn([contender("ana", { open: 2 }), contender("ben", { unable: "is offline" })], "Billing", at).chosen).toBeNull();
  });
});

describe("nobody is free", () => {
  const decision = whoseTurn([], "Billing", at).decision;
  const waiting = (since: Date, escalatedForLack = false) => ({ level: "l1" as const, routing: { state: "waiting" as const, since, escalatedForLack, decision: null } });

  test("a manager is called at once when the queue waits no minutes", () => {
    expect(whenNobodyIsFree(waiting(at), decision, 0, "Mara", at).outcome).toBe("escalated");
  });

  test("a queue that waits ten minutes calls after ten, not before", () => {
    expect(whenNobodyIsFree(waiting(minutesAgo(9)), decision, 10, "Mara", at).outcome).toBe("waiting");
    expect(whenNobodyIsFree(waiting(minutesAgo(10)), decision, 10, "Mara", at).outcome).toBe("escalated");
  });

  test("a ticket that a manager has for lack is not escalated again", () => {
    expect(whenNobodyIsFree(waiting(minutesAgo(60), true), decision, 0, "Mara", at).outcome).toBe("waiting");
  });
});
