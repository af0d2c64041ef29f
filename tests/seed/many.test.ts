import { expect, test } from "vitest";
import { Ticket } from "@/lib/tickets/schema";
import { demoAt } from "../../local/seed/demo";
import { manyHistories } from "../../local/seed/many";
import { lived, withoutIds } from "./lived";

const anchor = new Date("2025-11-26T12:00:00Z");
const { people, queues } = demoAt(anchor, 1001);
const some = (count: number) => [...manyHistories(count, { people, queues, anchor })].map((history, index) => lived(history, 1001 + index));

test("many tickets are as long as real ones, oldest first, none in the future", () => {
  const lives = some(2000);
  const words = lives.reduce((sum, { messages }) => sum + messages.reduce((length, message) => length + message.body.length, 0), 0) / lives.length;
  const messages = lives.reduce((sum, life) => sum + life.messages.length, 0) / lives.length;
  expect(words).toBeGreaterThan(1200);
  expect(words).toBeLessThan(1600);
  expect(messages).toBeGreaterThan(2.8);
  expect(messages).toBeLessThan(3.3);
  const created = lives.map(({ ticket }) => ticket.createdAt.getTime());
  expect(created).toEqual(created.toSorted((a, b) => a - b));
  expect(lives.filter(({ ticket }) => ticket.updatedAt > anchor || !Ticket.safeParse(ticket).success)).toEqual([]);
  expect(new Set(lives.map(({ ticket }) => ticket.status)).size).toBe(6);
});

test("the same arguments make the same tickets", () => {
  const known = new Map([...people, ...queues].map((each) => [each._id, each.name]));
  expect(withoutIds(some(50), known)).toEqual(withoutIds(some(50), known));
});

test("a desk without agents in a queue is refused", () => {
  const lonely = queues.map((queue) => ({ ...queue, memberIds: [] }));
  expect(() => manyHistories(1, { people, queues: lonely, anchor }).next()).toThrow("agents in every queue");
});
