import { describe, expect, test } from "vitest";
import { heardByJobs } from "@/lib/facts";
import { told, ways, type Relation } from "@/lib/notifications/table";
import type { NoticeKind } from "@/lib/notifications/schema";

const by = { person: { kind: "person", id: "p", name: "Ada" }, system: { kind: "system", id: "sla", name: "Twoway" } } as const;

/** Row, who did it, its data → kind and whom; typed by hand. */
const cases: [string, keyof typeof by, Record<string, unknown>, [NoticeKind, Relation[]][]][] = [
  ["ticket/assigned", "person", { to: "x" }, [["assigned", ["new owner"]]]],
  ["ticket/assigned", "system", { to: "x" }, [["assigned", ["new owner"]]]],
  ["ticket/unassigned", "person", { from: "x" }, []],
  ["ticket/noted", "person", {}, []],
  ["ticket/noted", "person", { mentions: ["x", "y"] }, [["mention", ["mentioned"]]]],
  ["ticket/replied", "person", { side: "customer" }, [["customer-replied", ["owner"]]]],
  ["ticket/replied", "person", { side: "staff" }, []],
  ["ticket/opened", "person", {}, []],
  ["ticket/escalated", "person", { to: "engineering" }, [["escalated", ["engineers"]]]],
  ["ticket/escalated", "system", { to: "engineering" }, [["escalated", ["engineers"]]]],
  ["ticket/escalated", "person", { to: "manager" }, [["escalated", ["manager"]]]],
  ["ticket/escalated", "system", { to: "manager" }, []],
  ["ticket/escalated", "person", { to: "l1" }, []],
  ["ticket/reminded", "system", { clock: "resolution" }, [["reminder", ["owner or manager"]]]],
  ["ticket/breached", "system", { clock: "resolution" }, [["breach", ["owner", "manager"]]]],
  ["ticket/breach-repeated", "system", { times: 2 }, [["breach-repeated", ["manager"]]]],
  ["ticket/rated", "person", { score: 1 }, [["low-rating", ["manager", "owner"]]]],
  ["ticket/rated", "person", { score: 2 }, [["low-rating", ["manager", "owner"]]]],
  ["ticket/rated", "person", { score: 3 }, []],
  ["ticket/nudged", "system", {}, []],
  ["ticket/closed", "system", {}, []],
];

test.each(cases)("%s by a %s with %j", (type, who, data, expected) => {
  expect(told({ type, actor: by[who], data }).map(({ kind, to }) => [kind, to])).toEqual(expected);
});

test("the jobs hear of every row that somebody is told of, and of no escalation or note without anybody to tell", () => {
  const rows = cases.map(([type, who, data]) => ({ type, actor: by[who], data }));
  expect(rows.filter((row) => told(row).length > 0 && !heardByJobs(row))).toEqual([]);
  expect(rows.filter((row) => /escalated|noted/.test(row.type) && told(row).length === 0 && heardByJobs(row))).toEqual([]);
});

describe("beside the page", () => {
  test("mail goes to who is away for what is everyday, and always for what must not wait", () => {
    expect(Object.entries(ways).filter(([, { mail }]) => mail === "away").map(([kind]) => kind)).toEqual(["assigned", "customer-replied"]);
    expect(Object.values(ways).some(({ mail }) => mail === "never")).toBe(false);
  });

  test("a digest never keeps back a reminder, a breach or a mention", () => {
    expect(Object.entries(ways).filter(([, { gathered }]) => !gathered).map(([kind]) => kind)).toEqual(["mention", "reminder", "breach", "breach-repeated"]);
  });

  test("Slack hears of promises and low ratings", () => {
    expect(Object.entries(ways).filter(([, { slack }]) => slack).map(([kind]) => kind)).toEqual(["reminder", "breach", "breach-repeated", "low-rating"]);
  });
});
