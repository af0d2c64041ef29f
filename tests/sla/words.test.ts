import { expect, test } from "vitest";
import { explained, type Clock } from "@/lib/sla/rules";

const at = (time: string) => Date.parse(time);
const minute = 60_000;
const clock = (of: Partial<Clock>): Clock => ({ name: "resolution", startedAt: at("2026-03-02T08:00Z"), targetMs: 1020 * minute, state: "running", dueAt: at("2026-03-03T16:30Z"), remindAt: null, stoppedAt: null, workedMs: 130 * minute, pausedMs: 0, stood: {}, ...of });

test.each([
  ["running", {}, "2 h 10 min of 17 h worked, due Tuesday 17:30"],
  ["paused", { state: "paused", dueAt: null, stood: { pending: 66 * 60 * minute } }, "2 h 10 min of 17 h worked, paused 2 days 18 h while we waited for the customer; it stands until the ticket is worked on again"],
  ["paused for several reasons", { stood: { pending: 45 * minute, on_hold: 60 * minute, resolved: 30_000 } }, "2 h 10 min of 17 h worked, paused 45 min while we waited for the customer, paused 1 h while it was on hold, due Tuesday 17:30"],
  ["met", { state: "met", stoppedAt: at("2026-03-02T10:10Z") }, "Met: 2 h 10 min of 17 h worked, was due Tuesday 17:30"],
  ["breached", { state: "breached", dueAt: at("2026-02-16T16:30Z"), workedMs: 3000 * minute }, "Breached: 50 h of 17 h worked, was due Mon 16 Feb 2026, 17:30"],
  ["breached and over", { state: "breached", stoppedAt: at("2026-03-03T17:00Z"), workedMs: 1020 * minute }, "Breached: 17 h of 17 h worked, was due Tuesday 17:30"],
] as const)("a clock that is %s says so in the calendar's own time", (_, of, words) => {
  expect(explained(clock(of as Partial<Clock>), "Europe/Berlin", at("2026-03-02T12:00Z"))).toBe(words);
});
