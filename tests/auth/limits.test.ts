import { expect, test } from "vitest";
import { minute, setClock } from "@/lib/clock";
import { limit } from "@/lib/limits";

const use = (who: string, perMs = 60 * minute) => limit("open", who, { most: 2, perMs });

test("counts down to a refusal that says when to come back, for each by themselves, and begins anew", () => {
  const at = Date.now();
  setClock(new Date(at));
  expect([use("a"), use("a")]).toEqual([{ limit: 2, remaining: 1, resetSeconds: 3600 }, { limit: 2, remaining: 0, resetSeconds: 3600 }]);
  setClock(new Date(at + 59 * minute));
  expect(() => use("a")).toThrow(expect.objectContaining({ kind: "tooMany", retryAfterSeconds: 60 }));
  expect(use("b").remaining).toBe(1);
  setClock(new Date(at + 60 * minute));
  expect(use("a").remaining).toBe(1);
});

test("a flood of others frees nobody before their time", () => {
  const at = Date.now();
  setClock(new Date(at));
  for (let each = 0; each < 2; each += 1) use("a");
  setClock(new Date(at + 20 * minute));
  for (let each = 0; each < 21_000; each += 1) use(`flood ${each}`, minute);
  expect(() => use("a")).toThrow(expect.objectContaining({ kind: "tooMany" }));
});

test("a flood costs each the same, however many there are", () => {
  const started = performance.now();
  for (let each = 0; each < 60_000; each += 1) use(`flood ${each}`);
  expect(performance.now() - started).toBeLessThan(5000);
});
