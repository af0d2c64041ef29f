import { describe, expect, test } from "vitest";
import { pressing, shareLeft, shortly } from "@/components/desk/pressing.ts";
import type { ClockView } from "@/lib/tickets/view.ts";

const now = Date.parse("2026-03-02T10:00Z");
const clock = (of: Partial<ClockView>): ClockView => ({ state: "running", startedAt: "2026-03-02T09:00Z", dueAt: "2026-03-02T13:00Z", remindAt: "2026-03-02T12:30Z", stoppedAt: null, targetMinutes: 240, ...of });
const sla = { firstResponse: null, nextResponse: null, resolution: null };

describe("the clock that a row shows", () => {
  test("is the one due next; a met one is none", () => {
    expect(pressing({ ...sla, firstResponse: clock({ state: "met", stoppedAt: "2026-03-02T09:30Z" }), nextResponse: clock({}), resolution: clock({ dueAt: "2026-03-06T13:00Z" }) }, now)).toMatchObject({ name: "nextResponse", late: false });
    expect(pressing(sla, now)).toBeNull();
  });
  test("is a late one first, also when that was not computed yet", () => {
    expect(pressing({ ...sla, firstResponse: clock({ dueAt: "2026-03-02T09:59Z" }), resolution: clock({ state: "breached", dueAt: "2026-03-02T09:30Z" }) }, now)).toMatchObject({ name: "resolution", late: true });
    expect(pressing({ ...sla, firstResponse: clock({ dueAt: "2026-03-02T09:59Z" }), resolution: clock({}) }, now)).toMatchObject({ name: "firstResponse", late: true });
  });
  test("is a paused one when nothing else runs", () => {
    expect(pressing({ ...sla, resolution: clock({ state: "paused", dueAt: null, remindAt: null }) }, now)).toMatchObject({ name: "resolution", late: false });
  });
});

test("time is told in one figure, never as nothing", () => {
  expect([10_000, 59 * 60_000, 3_600_000, 47 * 3_600_000, 48 * 3_600_000].map(shortly)).toEqual(["1m", "59m", "1h", "47h", "2d"]);
});

test("the bar shrinks from start to due", () => {
  expect([shareLeft(clock({}), Date.parse("2026-03-02T09:00Z")), shareLeft(clock({}), now), shareLeft(clock({}), Date.parse("2026-03-03T00:00Z"))]).toEqual([1, 0.75, 0]);
});
