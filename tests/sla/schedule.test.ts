import { beforeEach, describe, expect, test } from "vitest";
import { day, hour, setClock } from "@/lib/clock";
import { changeSettings } from "@/lib/auth/service";
import { calendars, forgetRules, policies } from "@/lib/sla/repo";
import { restoreRules, scheduleFor, timeTicket } from "@/lib/sla/service";
import { usualRules } from "@/lib/sla/usual";
import { close, openTicket, rate, resolve } from "@/lib/tickets/service";
import { a, an, useDesk, type Somebody } from "../support/desk";

useDesk();
const none = { ifMatch: null, once: null };
/** A Monday in Berlin; an urgent ticket is to be answered within 30 minutes and solved within four hours. */
const at = (time: string, date = 2) => new Date(`2026-03-${String(date).padStart(2, "0")}T${time}+01:00`);
let [customer, manager] = [] as unknown as [Somebody, Somebody];

beforeEach(async () => {
  await Promise.all([calendars().deleteMany({}), policies().deleteMany({})]);
  [customer, manager] = [await a.customer(), await a.manager()];
  await restoreRules(usualRules("Europe/Berlin", at("00:00")));
  forgetRules();
});

async function opened(): Promise<string> {
  setClock(at("09:00"));
  const { id } = await openTicket(customer, { subject: "Help", body: "Please", priority: "urgent" }, none);
  return id;
}
const schedule = async (id: string) => {
  const { looksAt, next } = await scheduleFor(manager, { id });
  return { looksAt, next: next.map(({ does, clock, at: moment }) => [does, clock, moment] as const) };
};
const iso = (time: string, date = 2) => at(time, date).toISOString();
const ahead = [
  ["remind", "firstResponse", iso("09:22:30")], ["breach", "firstResponse", iso("09:30:00.001")],
  ["remind", "resolution", iso("12:30")], ["breach", "resolution", iso("13:00:00.001")],
];

describe("the schedule of a ticket", () => {
  test("is what its rows, the promises and the clock say, the soonest first; and when the watch comes to it", async () => {
    const id = await opened();
    expect(await schedule(id)).toEqual({ looksAt: null, next: ahead }); // nobody has worked out its times yet
    await timeTicket(id);
    expect(await schedule(id)).toEqual({ looksAt: iso("09:22:30"), next: ahead });
  });

  test("keeps what is due until it is done", async () => {
    const id = await opened();
    setClock(at("09:25"));
    expect((await schedule(id)).next).toEqual(ahead);
  });

  test("of a solved one is the nudge with the time of closing, which a rating does not move", async () => {
    const id = await opened();
    await resolve(manager, { id }, none);
    await timeTicket(id);
    const closesAt = new Date(at("09:00").getTime() + 7 * day);
    const expected = { looksAt: new Date(closesAt.getTime() - 24 * hour).toISOString(), next: [{ does: "nudge", at: new Date(closesAt.getTime() - 24 * hour).toISOString(), clock: null, times: null, closesAt: closesAt.toISOString() }] };
    expect(await scheduleFor(manager, { id })).toEqual(expected);
    setClock(at("09:00", 5));
    await rate(customer, { id, score: 2, comment: "Slow" }, none);
    await timeTicket(id);
    expect(await scheduleFor(manager, { id })).toEqual(expected);
  });

  test("is empty once it is closed", async () => {
    const id = await opened();
    await close(manager, { id }, none);
    await timeTicket(id);
    expect(await schedule(id)).toEqual({ looksAt: null, next: [] });
  });

  test("follows changed settings at once, and shows the time that the ticket still keeps", async () => {
    const id = await opened();
    await timeTicket(id);
    await changeSettings(await an.admin(), { remindMinutes: 5 });
    forgetRules();
    expect(await schedule(id)).toEqual({ looksAt: iso("09:22:30"), next: [["remind", "firstResponse", iso("09:25")], ...ahead.slice(1, 2), ["remind", "resolution", iso("12:55")], ...ahead.slice(3)] });
  });
});
