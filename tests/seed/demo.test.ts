import { describe, expect, test } from "vitest";
import { can } from "@/lib/auth/policy";
import { Person, Queue } from "@/lib/auth/schema";
import { day } from "@/lib/clock";
import { EventRow } from "@/lib/events";
import { isUnsolved, workingStatuses } from "@/lib/tickets/rules";
import { Level, Message, Status, Ticket } from "@/lib/tickets/schema";
import { demoAt } from "../../local/seed/demo";
import { allStories } from "../../local/seed/stories";
import { statusAfter } from "../../local/seed/story";
import { lived, withoutIds, type Lived } from "./lived";

/** Noon on a working day, a Sunday night, minutes after opening on a Monday, the first of a year, the day after a leap day. */
const anchors = ["2025-11-26T12:00:00Z", "2025-11-30T23:30:00Z", "2026-03-30T08:03:00Z", "2027-01-01T00:00:00Z", "2028-03-01T16:59:59Z"].map((at) => new Date(at));

const livesAt = (anchor: Date) => {
  const demo = demoAt(anchor, 1001);
  return { demo, lives: demo.histories.map((history, index) => lived(history, 1001 + index)) };
};
const eachLife = (lives: readonly Lived[], look: (life: Lived) => boolean) => lives.filter((life) => !look(life)).map(({ ticket }) => ticket.number);
const shareOf = (holds: boolean[]) => holds.filter(Boolean).length / holds.length;

describe.each(anchors)("the demo as of %s", (anchor) => {
  const { demo, lives } = livesAt(anchor);
  const tickets = lives.map(({ ticket }) => ticket);
  const inRole = (role: Person["roles"][number]) => demo.people.filter((person) => person.roles.includes(role));

  test("has the company it promises", () => {
    expect(["agent", "engineer", "manager", "admin", "customer"].map((role) => inRole(role as "agent").length)).toEqual([5, 2, 1, 1, 30]);
    expect(demo.queues.map((queue) => [queue.name, queue.category])).toEqual([["Billing", "billing"], ["Technical", "technical"], ["Account", "account"], ["General", "general"]]);
    const agents = new Set(inRole("agent").map((person) => person._id));
    expect(demo.queues.filter((queue) => queue.memberIds.length < 2 || queue.memberIds.some((id) => !agents.has(id)) || queue.keywords.length < 12)).toEqual([]);
    expect(inRole("customer").filter((person) => person.verifiedAt === null)).toHaveLength(3);
    expect(demo.people.filter((person) => !/@[a-z-]+\.example$/.test(person.email))).toEqual([]);
    expect(demo.people.filter((person) => !Person.safeParse(person).success)).toEqual([]);
    expect(demo.queues.filter((queue) => !Queue.safeParse(queue).success)).toEqual([]);
  });

  test("has 120 tickets in every status and level, all with an agent, none waiting", () => {
    expect(tickets).toHaveLength(120);
    const unsolved = tickets.filter((ticket) => isUnsolved(ticket.status));
    expect([...new Set(tickets.map((ticket) => ticket.status))].toSorted()).toEqual([...Status.options].toSorted());
    expect([...new Set(unsolved.map((ticket) => ticket.level))].toSorted()).toEqual([...Level.options].toSorted());
    expect(tickets.filter((ticket) => ticket.routing.state === "waiting" || ticket.assigneeId === null)).toEqual([]);
    expect(new Set(tickets.map((ticket) => ticket.subject)).size).toBeGreaterThan(80);
    expect(tickets.filter((ticket) => !Ticket.safeParse(ticket).success || workingStatuses.includes(ticket.status) && !ticket.routing.decision)).toEqual([]);
    expect(lives.flatMap(({ rows, messages }) => [...rows.filter((row) => !EventRow.safeParse(row).success), ...messages.filter((message) => !Message.safeParse(message).success)])).toEqual([]);
  });

  test("nothing happens out of order, in the future, or before the last three weeks", () => {
    const inOrder = (times: Date[]) => times.every((at, index) => index === 0 || at >= (times[index - 1] as Date));
    expect(eachLife(lives, ({ rows }) => inOrder(rows.map((row) => row.at)))).toEqual([]);
    expect(inOrder(tickets.map((ticket) => ticket.createdAt))).toBe(true);
    expect(eachLife(lives, ({ ticket }) => ticket.updatedAt <= anchor && ticket.createdAt.getTime() >= anchor.getTime() - 21 * day)).toEqual([]);
  });

  test("staff answer in office hours, and most requests come in then", () => {
    const inOffice = (at: Date) => at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 8 && at.getUTCHours() < 17;
    expect(eachLife(lives, ({ messages }) => messages.every((message) => message.side !== "staff" || inOffice(message.at)))).toEqual([]);
    const share = shareOf(tickets.map((ticket) => inOffice(ticket.createdAt)));
    expect(share).toBeGreaterThan(0.8);
    expect(share).toBeLessThan(1);
  });

  test("resolved ones are closed after a week, and follow-ups come after that", () => {
    const week = 7 * day;
    expect(tickets.filter((ticket) => ticket.status === "resolved" && anchor.getTime() - ticket.updatedAt.getTime() > week)).toEqual([]);
    expect(tickets.filter((ticket) => ticket.closure && ticket.closure.at.getTime() - (ticket.resolution?.at.getTime() ?? 0) < week)).toEqual([]);
    const followUps = tickets.filter((ticket) => ticket.follows);
    expect(followUps).toHaveLength(4);
    const followed = followUps.map((ticket) => ({ ticket, of: tickets.find((other) => other._id === ticket.follows?.id) }));
    expect(followed.filter(({ ticket, of }) => !of?.closure || of.number !== ticket.follows?.number || of.requester.id !== ticket.requester.id || of.closure.at >= ticket.createdAt)).toEqual([]);
  });

  test("nobody does what their role may not do", () => {
    const allowed = ({ ticket, messages }: Lived) => messages.every((message) => {
      const person = demo.people.find((each) => each._id === message.author.id);
      if (!person) return false;
      const actor = { kind: "person" as const, id: person._id, name: person.name, email: person.email, roles: person.roles, claimsFrom: [] };
      const owned = { ...ticket, assigneeId: person.roles.includes("agent") ? person._id : ticket.assigneeId, level: person.roles.includes("engineer") ? "engineering" : ticket.level };
      return can(actor, message.visibility === "private" ? "ticket.note" : "ticket.reply", owned);
    });
    expect(eachLife(lives, allowed)).toEqual([]);
    const engineers = new Set(inRole("engineer").map((person) => person._id));
    const escalated = ({ rows }: Lived) => rows.every((row) => !engineers.has(row.actor.id) || rows.findLast((other) => other.seq < row.seq && other.type === "ticket/escalated")?.data.to === "engineering");
    expect(eachLife(lives, escalated)).toEqual([]);
  });

  test("the busiest customer is the first, with something in most states", () => {
    const count = (id: string) => tickets.filter((ticket) => ticket.requester.id === id);
    const [first, ...others] = inRole("customer");
    const own = count(first?._id ?? "");
    expect(Math.max(...others.map((person) => count(person._id).length))).toBeLessThan(own.length);
    expect(Math.min(...others.map((person) => count(person._id).length))).toBeGreaterThan(0);
    expect(new Set(own.map((ticket) => ticket.status)).size).toBeGreaterThanOrEqual(5);
  });

  test("work is spread: no agent has twice as much as another", () => {
    const loads = inRole("agent").map((agent) => tickets.filter((ticket) => ticket.assigneeId === agent._id).length);
    expect(Math.max(...loads)).toBeLessThan(2 * Math.min(...loads));
  });
});

test("the same anchor makes the same demo, another one another", () => {
  const [anchor = new Date(), other = new Date()] = anchors;
  const told = (at: Date) => {
    const { demo, lives } = livesAt(at);
    return withoutIds({ ...demo, histories: null, lives });
  };
  expect(told(anchor)).toEqual(told(anchor));
  expect(told(anchor)).not.toEqual(told(other));
});

describe("the stories", () => {
  test("are many, each with a name of its own, and end resolved", () => {
    expect(allStories.length).toBeGreaterThanOrEqual(50);
    expect(new Set(allStories.map((story) => story.name)).size).toBe(allStories.length);
    expect(allStories.filter((story) => statusAfter(story.life) !== "resolved").map((story) => story.name)).toEqual([]);
  });

  test("don't repeat a text", () => {
    const texts = allStories.flatMap((story) => [...story.openings, ...story.life.flatMap((step) => ("text" in step ? [step.text] : []))]).filter((text) => text.length > 30);
    expect(texts.filter((text, index) => texts.indexOf(text) !== index)).toEqual([]);
  });

  test("are put into their queue by the keywords alone, nearly always", () => {
    const { lives } = livesAt(anchors[0] as Date);
    expect(shareOf(lives.map(({ rows }) => !rows.some((row) => row.type === "ticket/category-changed")))).toBeGreaterThan(0.85);
    expect(lives.some(({ rows }) => rows.some((row) => row.type === "ticket/category-changed"))).toBe(true);
  });

  test("leave no gap open in any text", () => {
    const { lives } = livesAt(anchors[0] as Date);
    expect(eachLife(lives, ({ ticket, rows, messages }) => ![ticket.subject, ...rows.map((row) => row.why ?? ""), ...messages.map((message) => message.body)].some((text) => /[{}]|undefined|NaN/.test(text)))).toEqual([]);
  });
});
