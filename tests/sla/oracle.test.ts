import { expect, test } from "vitest";
import { addWorking, hasWorkingTime } from "@/lib/sla/rules";
import { differences } from "./lives";

test("10,000 random lives in odd zones and calendars: every clock as the minute-by-minute oracle has it", () => {
  const seed = 20_260_302;
  const { compared, clocks, found } = differences(10_000, seed);
  expect(found).toEqual([]);
  expect(compared).toBe(10_000);
  expect(clocks).toBeGreaterThan(20_000);
}, 120_000);

const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };

test("a calendar without working time says so, and never keeps the rules busy", () => {
  const empty = { timeZone: "Europe/Berlin", weekdays: never, holidays: [] };
  expect(hasWorkingTime(empty, 0)).toBe(false);
  expect(hasWorkingTime({ ...empty, weekdays: { ...never, sun: [{ from: "02:15", to: "02:30" }] } }, 0)).toBe(true);
  expect(addWorking(empty, 0, 60_000)).toBeGreaterThan(Date.parse("1979-01-01"));
});
