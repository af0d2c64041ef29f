import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setClock } from "@/lib/clock";
import { events } from "@/lib/events";
import { forgetLimits } from "@/lib/limits";
import { readAgain, readDaily, type Reach } from "@/lib/sla/reading";
import { addCalendar, changeCalendar } from "@/lib/sla/promises";
import { calendars, policies } from "@/lib/sla/repo";
import { calendarsToRead } from "@/lib/sla/service";
import { an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();
const office = [{ from: "09:00", to: "17:00" }];
const weekdays = { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] };
const named = (icalUrl: string | null) => ({ name: "Office", timeZone: "Europe/Berlin", weekdays, holidays: [{ date: "2026-12-24", name: "Ours" }], icalUrl });
const file = (...days: [string, string][]) => ["BEGIN:VCALENDAR", ...days.flatMap(([date, name]) => ["BEGIN:VEVENT", `DTSTART;VALUE=DATE:${date}`, `SUMMARY:${name}`, "END:VEVENT"]), "END:VCALENDAR"].join("\r\n");
const christmas: [string, string] = ["20261225", "Christmas"];
const reach: Reach = { allow: () => true };

const server = createServer();
let [url, answer, admin]: [string, { status: number; text: string }, Somebody] = ["", { status: 200, text: "" }, {} as Somebody];
beforeAll(async () => {
  server.on("request", (_, response) => response.writeHead(answer.status, { "content-type": "text/calendar" }).end(answer.text));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/holidays.ics`;
});
afterAll(() => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }));
beforeEach(async () => {
  await Promise.all([calendars, policies, events].map((collection) => collection().deleteMany({})));
  admin = await an.admin();
  forgetLimits();
  setClock(new Date("2026-11-25T09:00:00Z"));
  answer = { status: 200, text: file(christmas) };
});
const added = (icalUrl: string | null = url) => addCalendar(admin, named(icalUrl), null, reach);
const days = async () => (await calendars().findOne({}))?.holidays.map(({ date, name, origin }) => `${date} ${name}${origin ? ` (${origin})` : ""}`);
const changes = async () => (await events().find({ type: "calendar/changed" }).toArray()).length;

describe("the address of a calendar", () => {
  test("is read on saving: its holidays beside those by hand, which stay and give the name where both have a day", async () => {
    answer.text = file(christmas, ["20261224", "Theirs"], ["20261226", "Boxing Day"]);
    const { icalReading } = await added();
    expect(await days()).toEqual(["2026-12-24 Ours", "2026-12-25 Christmas (ical)", "2026-12-26 Boxing Day (ical)"]);
    expect(icalReading).toEqual({ at: "2026-11-25T09:00:00.000Z", found: 3, skipped: 0, failure: null });
  });

  test("read again replaces what came from it and nothing else; without a change no clock is moved", async () => {
    const { id } = await added();
    await readAgain(admin, { id }, null, reach);
    expect(await changes()).toBe(0);
    answer.text = file(["20270101", "New Year"]);
    expect((await readAgain(admin, { id }, null, reach)).version).toBe(2);
    expect(await days()).toEqual(["2026-12-24 Ours", "2027-01-01 New Year (ical)"]);
    expect(await changes()).toBe(1);
  });

  test("that fails keeps the holidays and says so, until it succeeds", async () => {
    const { id } = await added();
    answer.status = 500;
    setClock(new Date("2026-11-26T02:41:00Z"));
    expect(await readDaily(id, reach)).toBe("failed");
    expect(await days()).toEqual(["2026-12-24 Ours", "2026-12-25 Christmas (ical)"]);
    const { body } = await as(await an.admin()).get("/api/v1/calendars");
    expect(body).toMatchObject({ items: [{ icalReading: { at: "2026-11-25T09:00:00.000Z", found: 1, failure: { at: "2026-11-26T02:41:00.000Z", why: "It answered with status 500." } } }] });
    answer.status = 200;
    expect(await readDaily(id, reach)).toBe("read");
    expect((await calendars().findOne({}))?.icalReading?.failure).toBeNull();
  });

  test.each([["no calendar", "<html>", "is no iCal file"], ["days without end", `${file().replace("END:VCALENDAR", "")}BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20000101\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR`, "more than 1000"]])("with %s keeps the holidays", async (_, text, why) => {
    const { id } = await added();
    answer.text = text;
    expect(await readDaily(id, reach)).toBe("failed");
    expect(await days()).toHaveLength(2);
    expect((await calendars().findOne({}))?.icalReading?.failure?.why).toContain(why);
  });

  test("changed: the old one's holidays go; taken away: they go too", async () => {
    const { id } = await added();
    answer.text = file(["20270101", "New Year"]);
    await changeCalendar(admin, { id, icalUrl: `${url}?other` }, { ifMatch: null }, reach);
    expect(await days()).toEqual(["2026-12-24 Ours", "2027-01-01 New Year (ical)"]);
    await changeCalendar(admin, { id, icalUrl: null }, { ifMatch: null }, reach);
    expect(await days()).toEqual(["2026-12-24 Ours"]);
    expect((await calendars().findOne({}))?.icalReading).toBeNull();
  });

  test("is left alone by other changes", async () => {
    const { id } = await added();
    answer.status = 500;
    await changeCalendar(admin, { id, name: "Renamed" }, { ifMatch: null }, reach);
    expect(await days()).toHaveLength(2);
    expect((await calendars().findOne({}))?.icalReading?.failure).toBeNull();
  });

  test("the job reads those that have one", async () => {
    const { id } = await added();
    await addCalendar(admin, { ...named(null), name: "Without" });
    expect(await calendarsToRead()).toEqual([id]);
    expect(await readDaily("nosuchcalendar", reach)).toBe("gone");
  });
});

describe("doors", () => {
  test.each(["http://127.0.0.1/x.ics", "http://169.254.169.254/latest", "http://[::1]/", "https://8.8.8.8:8443/x.ics", "http://me:secret@8.8.8.8/x.ics"])("an address that must not be asked is refused beside its field: %s", async (icalUrl) => {
    expect(await as(admin).post("/api/v1/calendars", named(icalUrl))).toMatchObject({ status: 400, body: { errors: [{ path: "icalUrl" }] } });
    const { id } = (await as(admin).post("/api/v1/calendars", named(null))).body as { id: string };
    expect((await as(admin).patch(`/api/v1/calendars/${id}`, { icalUrl })).status).toBe(400);
    expect((await calendars().findOne({ _id: id }))?.icalUrl).toBeNull();
  });

  test("POST /calendars/{id}/reading: 409 without an address, 404 without a calendar", async () => {
    const { id } = await added(null);
    expect((await as(admin).post(`/api/v1/calendars/${id}/reading`)).status).toBe(409);
    expect((await as(admin).post("/api/v1/calendars/nosuchcalendar/reading")).status).toBe(404);
  });

  test("POST /calendars/ical: 200 with the days of a file and nothing kept, 400 by field", async () => {
    const understood = await as(admin).post("/api/v1/calendars/ical", { text: file(christmas), timeZone: "Europe/Berlin" });
    expect(understood).toMatchObject({ status: 200, body: { holidays: [{ date: "2026-12-25", name: "Christmas" }], skipped: 0 } });
    expect(await calendars().countDocuments({})).toBe(0);
    expect((await as(admin).post("/api/v1/calendars/ical", { text: "x", timeZone: "UTC" })).body).toMatchObject({ status: 400, errors: [{ path: "text" }] });
    expect((await as(admin).post("/api/v1/calendars/ical", { text: file(christmas), timeZone: "Mars" })).body).toMatchObject({ status: 400, errors: [{ path: "timeZone" }] });
  });

  test("are asked thirty times an hour at most", async () => {
    for (let each = 0; each < 30; each += 1) expect((await as(admin).post("/api/v1/calendars/ical", { text: file(), timeZone: "UTC" })).status).toBe(200);
    expect((await as(admin).post("/api/v1/calendars/ical", { text: file(), timeZone: "UTC" })).status).toBe(429);
  });
});
