import { describe, expect, test } from "vitest";
import { ownersFor } from "@/components/desk/assign-dialog.tsx";
import { commands, offered } from "@/components/desk/commands.ts";
import { mergeMessages } from "@/components/desk/queries.ts";
import { inboxQuery, viewNames, viewsFor, views, type Filters } from "@/components/desk/views.ts";
import { blocksOf } from "@/components/thread/message-body.tsx";
import { dayWords } from "@/components/thread/day-words.ts";
import { initialsOf } from "@/components/ui/avatar.tsx";
import { relativeTime } from "@/components/ui/time-words.ts";
import { queryOf } from "@/components/api.ts";
import type { PersonView } from "@/lib/auth/view.ts";
import type { MessageView, StaffTicket } from "@/lib/tickets/view.ts";
import { TicketQuery } from "@/lib/tickets/schema.ts";

const none: Filters = { view: null, q: null, status: null, priority: null, category: null, queue: null, tag: null, assignee: null, sort: null };

describe("the list's question", () => {
  test.each(viewNames)("the view %s is a question that the API takes, and keeps what makes it one", (view) => {
    const asked = inboxQuery({ ...none, view }, "mine");
    expect(TicketQuery.safeParse(asked).success).toBe(true);
    expect(asked).toMatchObject(views[view].query);
  });
  test("a filter narrows the view and replaces its own word", () => {
    expect(inboxQuery({ ...none, view: "waiting", priority: "high" }, "mine")).toEqual({ sort: "-updatedAt", status: "pending,on_hold", priority: "high" });
    expect(inboxQuery({ ...none, view: "waiting", status: "resolved" }, "mine").status).toBe("resolved");
  });
  test("a search leaves the view, so that nothing one may see is hidden from it", () => {
    expect(inboxQuery({ ...none, view: "mine", q: "invoice" }, "mine")).toEqual({ sort: "-updatedAt", q: "invoice" });
  });
  test("equal filters make an equal text, whatever the order", () => {
    expect(JSON.stringify(inboxQuery({ ...none, tag: "a", q: "b" }, "all"))).toBe(JSON.stringify(inboxQuery({ ...none, q: "b", tag: "a" }, "all")));
  });
});

describe("what a role is offered", () => {
  test.each([
    [["agent"], false, "mine", "unassigned", false],
    [["agent"], true, "mine", "unassigned", true],
    [["engineer"], false, "engineering", "mine", false],
    [["manager"], false, "all", "review", true],
    [["admin"], false, "all", "mine", false],
    [["manager", "admin"], false, "all", "mine", true],
  ] as const)("%s lands on the right view", (roles, claims, first, other, has) => {
    const names = viewsFor({ roles }, claims);
    expect(names[0]).toBe(first);
    expect(names.includes(other)).toBe(has);
  });
  test("no command is offered that a door would refuse, and no key means two things", () => {
    const nothing = { reply: false, note: false, edit: false, assign: false, claim: false, escalate: false, resolve: false, reopen: false, close: false, schedule: false };
    const now = { may: nothing, open: true, rows: 3 };
    expect(commands.filter((command) => command.group === "Ticket" && offered(command, now)).map((command) => command.id)).toEqual(["details"]);
    expect(commands.filter((command) => offered(command, { ...now, may: { ...nothing, claim: true } })).map((command) => command.id)).toContain("assign");
    const taken = commands.map((command) => command.key).filter(Boolean);
    expect(new Set(taken).size).toBe(taken.length);
  });
  test("owners: only active agents and managers, members of the queue first, then who is there", () => {
    const person = (name: string, more: Partial<PersonView>) => ({ id: name, name, email: "", role: "agent", roles: ["agent"], active: true, verified: true, invited: false, availability: "online", queueIds: [], capacity: 20, createdAt: "", ...more }) as PersonView;
    const ticket = { queue: { id: "q", name: "Q" } } as StaffTicket;
    const people = [person("Zoe", {}), person("Ada", { availability: "offline" }), person("Max", { queueIds: ["q"], availability: "away" }), person("Eng", { roles: ["engineer"] }), person("Gone", { active: false }), person("Asked", { invited: true })];
    expect(ownersFor(ticket, people).map((one) => one.name)).toEqual(["Max", "Zoe", "Ada"]);
  });
});

describe("messages", () => {
  const message = (id: string, seq: number, body = "") => ({ id, seq, body }) as MessageView;
  test("what arrives twice or out of order is shown once, in order, in its newest form", () => {
    expect(mergeMessages([message("a", 1), message("b", 4)], [message("c", 2), message("b", 4, "new")])).toEqual([message("a", 1), message("c", 2), message("b", 4, "new")]);
  });
  test("text, quotes and fenced code are told apart; an open fence ends with the message", () => {
    expect(blocksOf("Hi\r\n> old\n> words\nnew\n```\n> not a quote\n```\nbye").map((block) => [block.kind, block.lines])).toEqual([["text", ["Hi"]], ["quote", ["old", "words"]], ["text", ["new"]], ["code", ["> not a quote"]], ["text", ["bye"]]]);
    expect(blocksOf("```\ncode").map((block) => block.kind)).toEqual(["code"]);
    expect(blocksOf("\n \n")).toEqual([]);
  });
});

describe("words for time and people", () => {
  const now = Date.parse("2026-11-25T12:00:00Z");
  test.each([
    [0, "just now", "now"],
    [59_000, "just now", "now"],
    [60_000, "1 min ago", "1m"],
    [3_600_000, "1 h ago", "1h"],
    [86_400_000, "yesterday", "1d"],
    [6 * 86_400_000, "6 days ago", "6d"],
  ])("%d ms before now", (age, long, short) => {
    const at = new Date(now - age).toISOString();
    expect(relativeTime(at, now)).toBe(long);
    expect(relativeTime(at, now, true)).toBe(short);
  });
  test("from a week on it is the date, with the year when it is another one", () => {
    expect(relativeTime("2026-11-10T12:00:00Z", now)).toBe("10 Nov");
    expect(relativeTime("2025-11-10T12:00:00Z", now)).toBe("10 Nov 2025");
  });
  test("days", () => {
    const noon = new Date(2026, 10, 25, 12);
    expect(dayWords(new Date(2026, 10, 25, 0, 1).toISOString(), noon)).toBe("Today");
    expect(dayWords(new Date(2026, 10, 24, 23, 59).toISOString(), noon)).toBe("Yesterday");
    expect(dayWords(new Date(2025, 10, 24).toISOString(), noon)).toBe("24 November 2025");
  });
  test.each([["Mara Lind", "ML"], ["mara", "M"], ["  ", "?"], ["Ana Sofía de la Cruz", "AC"], ["🌱 Garden", "🌱G"]])("initials of %j", (name, letters) => expect(initialsOf(name)).toBe(letters));
  test("a query string holds what is set", () => {
    expect(queryOf({ a: "x y", b: null, c: "", d: 0 })).toBe("?a=x+y&d=0");
    expect(queryOf({ a: undefined })).toBe("");
  });
});
