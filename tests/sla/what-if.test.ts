import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { setClock } from "@/lib/clock";
import { events, type EventRow } from "@/lib/events";
import { forgetLimits } from "@/lib/limits";
import { calendars, policies } from "@/lib/sla/repo";
import { clocksOf, type Moment } from "@/lib/sla/rules";
import type { SlaPolicy } from "@/lib/sla/schema";
import type { WhatIfView } from "@/lib/sla/view";
import { tickets } from "@/lib/tickets/repo";
import type { Priority, Ticket } from "@/lib/tickets/schema";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { answerOf, as } from "../support/doors";
import { drawFrom, lifeFrom } from "./lives";
import { lived, office, rules, targets, type Step } from "./story";

useDesk();
const now = new Date("2026-03-27T12:00:00Z");
const by = rules();
const policy = { id: "policy00", calendarId: "calendar0", targets, pausedIn: ["pending", "on_hold"], queueIds: [], default: true };
const promising = (minutes: number) => ({ ...policy, targets: { ...targets, normal: { ...targets.normal, firstResponseMinutes: minutes } } });
let admin: Somebody;
let number = 0;

beforeEach(async () => {
  await Promise.all([tickets, events, calendars, policies].map((collection) => collection().deleteMany({})));
  await Promise.all([calendars().insertMany([...by.calendars]), policies().insertMany([...by.policies])]);
  setClock(now);
  forgetLimits();
  admin = await an.admin();
});
afterAll(() => setClock(null));

/** Stores a life as the desk would have; answers the ticket's number. */
async function kept({ ticket, rows }: { ticket: Ticket; rows: EventRow[] }): Promise<number> {
  number += 1;
  await tickets().insertOne({ ...ticket, number, once: null });
  await events().insertMany(rows.map((row) => ({ ...row, announcedAt: row.at })));
  return number;
}
const story = (opened: string, steps: readonly Step[], priority?: Priority) => kept(lived(opened, steps, by, priority));

type Line = WhatIfView & { problem?: unknown };
async function ask(body: object): Promise<{ lines: Line[]; result: WhatIfView }> {
  const answer = await answerOf("POST", "/api/v1/sla-policies/what-if", body, { authorization: `Bearer ${admin.bearer}` });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/x-ndjson"]);
  const lines = (await answer.text()).trim().split("\n").map((line) => JSON.parse(line) as Line);
  return { lines, result: lines.at(-1) as WhatIfView };
}

describe("POST /sla-policies/what-if", () => {
  test("replays three tickets as worked by hand: kept, missed and never answered, under a longer and a shorter promise", async () => {
    // Berlin is at UTC+1; the office opens at 08:00Z. Promised: 120 minutes.
    const quick = await story("2026-03-16T08:00:00Z", [["2026-03-16T09:00:00Z", "staff answers"]]); // 60 minutes
    const slow = await story("2026-03-16T08:00:00Z", [["2026-03-16T11:00:00Z", "staff answers"]]); // 180 minutes
    await story("2026-03-16T08:00:00Z", []); // for ever
    await story("2025-12-20T08:00:00Z", []); // 97 days ago

    const longer = await ask({ policy: promising(240) });
    expect(longer.result).toMatchObject({ of: 3, looked: 3, affected: 3, complete: true, changed: 1, clocks: { firstResponse: { before: { met: 1, breached: 2, open: 0 }, after: { met: 2, breached: 1, open: 0 } } } });
    expect(longer.result.examples).toMatchObject([{ number: slow, subject: "Help", changes: [{ clock: "firstResponse", before: "breached", after: "met" }] }]);

    const shorter = await ask({ policy: promising(30) });
    expect(shorter.result.clocks.firstResponse).toEqual({ before: { met: 1, breached: 2, open: 0 }, after: { met: 0, breached: 3, open: 0 } });
    expect(shorter.result.examples.map((each) => each.number)).toEqual([quick]);
  });

  test("changes nothing, and counts no recorded breach on either side", async () => {
    await story("2026-03-16T08:00:00Z", [["2026-03-16T10:30:00Z", "desk"], ["2026-03-16T11:00:00Z", "staff answers"]]);
    const before = await Promise.all([tickets().find({}).toArray(), events().find({}).toArray(), policies().find({}).toArray()]);
    expect(before[1].map(({ type }) => type)).toContain("ticket/breached");
    expect((await ask({ policy: promising(240) })).result.clocks.firstResponse.after).toEqual({ met: 1, breached: 0, open: 0 });
    expect(await Promise.all([tickets().find({}).toArray(), events().find({}).toArray(), policies().find({}).toArray()])).toEqual(before);
  });

  test("tries a calendar: a holiday makes a late answer a timely one", async () => {
    await story("2026-03-16T08:00:00Z", [["2026-03-17T09:00:00Z", "staff answers"]]);
    const { result } = await ask({ calendar: { id: "calendar0", ...office, holidays: [{ date: "2026-03-16", name: "Closed" }] } });
    expect(result).toMatchObject({ affected: 1, clocks: { firstResponse: { before: { breached: 1 }, after: { met: 1, breached: 0 } } } });
  });

  test("leaves out tickets whose rules stay the same: a policy for one queue touches that queue's alone, and takes it from the default", async () => {
    const queue = await a.queue();
    await story("2026-03-16T08:00:00Z", []);
    const { ticket, rows } = lived("2026-03-16T08:00:00Z", [["2026-03-16T09:00:00Z", "staff answers"]], by);
    await kept({ ticket: { ...ticket, queueId: queue._id }, rows });
    const { id: _id, ...drafted } = { ...promising(30), queueIds: [queue._id], default: false };
    expect((await ask({ policy: drafted })).result).toMatchObject({ of: 2, affected: 1, clocks: { firstResponse: { before: { met: 1 }, after: { breached: 1 } } } });
  });

  test("a changed default policy touches no queue that has its own", async () => {
    const queue = await a.queue();
    await policies().insertOne({ ...ownPolicy(), queueIds: [queue._id] });
    await story("2026-03-16T08:00:00Z", []);
    const { ticket, rows } = lived("2026-03-16T08:00:00Z", [], by);
    await kept({ ticket: { ...ticket, queueId: queue._id }, rows });
    expect((await ask({ policy: promising(30) })).result).toMatchObject({ of: 2, affected: 1 });
  });

  test("agrees with the clocks themselves over 400 random lives, and says how far it is", async () => {
    const draw = drawFrom(7);
    const lives = Array.from({ length: 400 }, () => lifeFrom(draw, now.getTime() - draw.below(80 * 24 * 60) * 60_000, 10).filter(({ at }) => at <= now.getTime()));
    const { ticket } = lived("2026-03-16T08:00:00Z", [], by);
    const row = rowMaker();
    await tickets().insertMany(lives.map((moments, index) => ({ ...ticket, _id: `life-${index}-abcdefgh`, number: 5000 + index, once: null, createdAt: new Date(moments[0]?.at ?? 0), ...(moments[0]?.what === "opened" && moments[0].onBehalf ? { openedBy: { kind: "person" as const, id: "agent000", name: "Ben" } } : {}) })));
    await events().insertMany(lives.flatMap((moments, index) => moments.map((moment, seq) => row(`life-${index}-abcdefgh`, seq + 1, moment))));
    const other = { ...targets, normal: { nextResponseMinutes: 45 } };
    const direct = (of: SlaPolicy["targets"]) => {
      const tally = { met: 0, breached: 0, open: 0 };
      for (const moments of lives) {
        const told = moments.filter(({ what }) => what !== "breached" && what !== "priority").map((moment) => (moment.what === "opened" ? { ...moment, priority: "normal" as const } : moment));
        for (const { state } of clocksOf(told, { targets: of, pausedIn: ["pending", "on_hold"] }, office, now.getTime()).nextResponses) tally[state === "met" || state === "breached" ? state : "open"] += 1;
      }
      return tally;
    };
    const { lines, result } = await ask({ policy: { ...policy, targets: other } });
    expect(lines[0]).toEqual({ looked: 100, of: 400 });
    expect(result).toMatchObject({ of: 400, looked: 400, affected: 400, complete: true });
    expect(result.clocks.nextResponse.before).toEqual(direct(targets));
    expect(result.clocks.nextResponse.after).toEqual(direct(other));
    expect(result.clocks.nextResponse.after).not.toEqual(result.clocks.nextResponse.before);
    expect(result.examples).toHaveLength(20);
  });

  test.each([
    ["neither policy nor calendar", {}, 400], ["a policy that is none", { policy: { ...policy, id: "nosuchpolicy" } }, 404], ["a calendar that is none", { calendar: { id: "nosuchcalendar", ...office } }, 404],
    ["a calendar in which nobody works", { calendar: { id: "calendar0", ...office, weekdays: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } } }, 400], ["a queue that is none", { policy: { ...policy, queueIds: ["nosuchqueue"] } }, 400],
  ])("refuses %s with a status, before the first line", async (_, body, status) => {
    expect((await as(admin).post("/api/v1/sla-policies/what-if", body)).status).toBe(status);
  });

  test("ends when the reader leaves", async () => {
    await Promise.all(Array.from({ length: 3 }, () => story("2026-03-16T08:00:00Z", [])));
    const answer = await answerOf("POST", "/api/v1/sla-policies/what-if", { policy: promising(30) }, { authorization: `Bearer ${admin.bearer}` });
    await answer.body?.cancel();
    expect((await ask({ policy: promising(30) })).result.looked).toBe(3);
  });
});

/** A policy that is not the default. */
function ownPolicy(): SlaPolicy {
  const [usual] = by.policies;
  if (!usual) throw new Error("there is a policy");
  return { ...usual, _id: "policy01", name: "Own", default: false };
}

/** Rows by which a life's moments would have been told. */
function rowMaker() {
  const [shape] = lived("2026-03-16T08:00:00Z", [], by).rows;
  if (!shape) throw new Error("an opening is a row");
  return (id: string, seq: number, moment: Moment): EventRow => {
    const told = { opened: ["ticket/opened", {}], message: ["ticket/replied", moment.what === "message" ? { side: moment.side, automatic: moment.automatic } : {}], status: ["ticket/status-changed", moment.what === "status" ? { to: moment.status } : {}], priority: ["ticket/noted", {}], breached: ["ticket/breached", moment.what === "breached" ? { clock: moment.clock, startedAt: new Date(moment.startedAt).toISOString() } : {}] } as const;
    const [type, data] = told[moment.what];
    return { ...shape, _id: `${id}-${seq}`, subject: { kind: "ticket", id }, seq, type, data, at: new Date(moment.at), announcedAt: new Date(moment.at) };
  };
}
