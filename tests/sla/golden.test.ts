import { expect, test } from "vitest";
import { clocksOf, type Clock } from "@/lib/sla/rules";
import { golden, type Golden } from "./golden";

const read = (clock: Clock) => [clock.dueAt === null ? null : new Date(clock.dueAt).toISOString(), clock.state, clock.workedMs, clock.pausedMs];
const meant = ([due, state, worked, paused]: NonNullable<Golden["resolution"]>) => [due === null ? null : new Date(due).toISOString(), state, Math.round(worked * 60_000), paused * 60_000];

test.each(golden)("$title", ({ calendar, policy, moments, now, ...expected }) => {
  const clocks = clocksOf(moments, policy, calendar, Date.parse(now));
  expect({ firstResponse: clocks.firstResponse && read(clocks.firstResponse), nextResponses: clocks.nextResponses.map(read), resolution: clocks.resolution && read(clocks.resolution) }).toEqual({
    firstResponse: expected.firstResponse && meant(expected.firstResponse),
    nextResponses: expected.nextResponses.map(meant),
    resolution: expected.resolution && meant(expected.resolution),
  });
});

test("there are at least thirty", () => expect(golden.length).toBeGreaterThanOrEqual(30));
