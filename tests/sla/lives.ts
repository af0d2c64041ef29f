import type { Calendar, SlaPolicy } from "../../lib/sla/schema.ts";
import { clocksOf } from "../../lib/sla/clocks.ts";
import type { Moment } from "../../lib/sla/history.ts";
import type { Status } from "../../lib/tickets/schema.ts";
import { askOracle, minuteMs, wallOf, workedMinutes, type Answer, type Wall, type Window } from "./oracle.ts";

const dayMs = 24 * 60 * minuteMs;
/** Zones at their odd moments: both changes of several zones, a change by half an hour, at midnight, at 00:01, a day that was left out, a leap day. */
const windows: Window[] = ([
  ["Europe/Berlin", "2026-03-20"], ["Europe/Berlin", "2026-10-16"], ["America/New_York", "2026-02-27"], ["America/New_York", "2026-10-23"], ["Australia/Lord_Howe", "2026-03-27"],
  ["America/Sao_Paulo", "2018-10-26"], ["America/St_Johns", "2010-10-29"], ["Pacific/Apia", "2011-12-20"], ["Asia/Kathmandu", "2028-02-20"], ["Africa/Casablanca", "2026-02-08"], ["UTC", "2026-12-20"],
] as const).map(([zone, date]) => ({ zone, from: Date.parse(date), days: 60 }));

/** Numbers from a seed (mulberry32), so that a difference can be looked at again. */
export function drawFrom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return { below: (most: number) => Math.floor(next() * most), chance: (share: number) => next() < share, pick: <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T };
}
type Draw = ReturnType<typeof drawFrom>;

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function calendarFrom(draw: Draw, wall: Wall): Pick<Calendar, "timeZone" | "weekdays" | "holidays"> {
  const grain = draw.pick([1, 15, 30]);
  const dayOf = () => {
    const cuts = [...new Set(Array.from({ length: 2 * draw.below(4) }, () => (draw.chance(0.1) ? 1440 : draw.chance(0.1) ? 0 : draw.below(1440 / grain) * grain)))].toSorted((a, b) => a - b);
    return Array.from({ length: Math.floor(cuts.length / 2) }, (_, index) => ({ from: clock(cuts[2 * index] ?? 0), to: clock(cuts[2 * index + 1] ?? 0) }));
  };
  const weekdays = { mon: dayOf(), tue: dayOf(), wed: dayOf(), thu: dayOf(), fri: dayOf(), sat: dayOf(), sun: dayOf() };
  const holidays = Array.from({ length: draw.below(4) }, () => ({ date: draw.pick(wall.date), name: "Free" }));
  return { timeZone: wall.window.zone, weekdays, holidays };
}

function policyFrom(draw: Draw): Pick<SlaPolicy, "targets" | "pausedIn"> {
  const target = () => (draw.chance(0.15) ? undefined : draw.chance(0.5) ? 30 * (1 + draw.below(20)) : 1 + draw.below(900));
  const targets = () => ({ firstResponseMinutes: target(), nextResponseMinutes: target(), resolutionMinutes: target() });
  return { targets: { low: targets(), normal: targets(), high: targets(), urgent: targets() }, pausedIn: draw.pick([["pending", "on_hold"], ["pending", "on_hold"], ["on_hold"], []]) };
}

const priorities = ["low", "normal", "high", "urgent"] as const;

/** A life as the tickets' rules allow it, with some gaps of nothing and many at whole half hours. */
export function lifeFrom(draw: Draw, startsAt: number, most: number): Moment[] {
  let at = startsAt;
  const gap = () => (draw.chance(0.15) ? 0 : draw.chance(0.5) ? draw.below(30) * 30 * minuteMs : draw.chance(0.7) ? draw.below(180 * minuteMs) : draw.below(2 * dayMs));
  const moments: Moment[] = [{ at, what: "opened", priority: draw.pick(priorities), onBehalf: draw.chance(0.15) }];
  let status = "new" as Status;
  const become = (to: Exclude<Status, "new">) => {
    if (to !== status) moments.push({ at, what: "status", status: to });
    status = to;
  };
  for (let count = draw.below(most + 1); count > 0 && status !== "closed"; count -= 1) {
    at += gap();
    const does = draw.below(100);
    if (does < 28) {
      moments.push({ at, what: "message", side: "customer", automatic: false });
      if (status !== "new") become("open");
    } else if (does < 54) {
      moments.push({ at, what: "message", side: "staff", automatic: false });
      become(status === "resolved" ? "resolved" : draw.pick(["open", "open", "pending", "on_hold", "resolved"]));
    } else if (does < 60) moments.push({ at, what: "message", side: draw.pick(["customer", "staff", "system"]), automatic: draw.chance(0.7) });
    else if (does < 74 && status !== "resolved") become(draw.pick(["open", "pending", "on_hold"]));
    else if (does < 82) become(status === "resolved" ? "open" : "resolved");
    else if (does < 90) moments.push({ at, what: "priority", priority: draw.pick(priorities) });
    else if (does < 94) moments.push({ at, what: "breached", clock: draw.pick(["firstResponse", "nextResponse", "resolution"]), startedAt: draw.chance(0.5) ? startsAt : at });
    else if (does < 96) become("closed");
  }
  return moments;
}

/** Compares so many random lives, twenty a calendar, and answers the first that differ (none, if the rules are right). */
export function differences(count: number, seed: number): { compared: number; clocks: number; found: unknown[] } {
  const walls = windows.map(wallOf);
  const found: unknown[] = [];
  let [compared, clocks] = [0, 0];
  for (let round = 0; compared < count && found.length < 3; round += 1) {
    const draw = drawFrom(seed + round);
    const wall = walls[round % walls.length] as Wall;
    const [calendar, from] = [calendarFrom(draw, wall), wall.window.from];
    const time = { flags: workedMinutes(wall, calendar), from };
    const end = from + wall.window.days * dayMs;
    const capped = (at: number | null) => (at === null ? null : Math.min(at, end));
    for (let each = 0; each < 20 && compared < count; each += 1, compared += 1) {
      const policy = policyFrom(draw);
      const moments = lifeFrom(draw, from + draw.below(20 * 24 * 2) * 30 * minuteMs + (draw.chance(0.5) ? draw.below(30 * minuteMs) : 0), 12);
      const now = (moments.at(-1)?.at ?? 0) + (draw.chance(0.3) ? draw.below(48) * 30 * minuteMs : draw.below(3 * dayMs));
      const oracle = askOracle(moments, policy, time, now);
      const { firstResponse, nextResponses, resolution } = clocksOf(moments, policy, calendar, now);
      const ours = [...(firstResponse ? [firstResponse] : []), ...nextResponses, ...(resolution ? [resolution] : [])].map(({ name, startedAt, state, dueAt, remindAt, stoppedAt, workedMs, pausedMs }): Answer => ({ name, startedAt, state, dueAt: capped(dueAt), remindAt: capped(remindAt), stoppedAt, workedMs, pausedMs }));
      clocks += ours.length;
      if (JSON.stringify(ours) !== JSON.stringify(oracle)) found.push({ seed: seed + round, calendar, policy, moments, now, ours, oracle });
    }
  }
  return { compared, clocks, found };
}
