import { beforeEach, describe, expect, test } from "vitest";
import { calendars, policies } from "@/lib/sla/repo";
import { promiseTheUsual } from "@/lib/sla/service";
import { a, an, useDesk, type Somebody } from "../support/desk";
import { as } from "../support/doors";

useDesk();
const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const office = { name: "Office", timeZone: "Europe/Berlin", weekdays: { ...none, mon: [{ from: "13:00", to: "24:00" }, { from: "09:00", to: "12:00" }] } };
const empty = { low: {}, normal: {}, high: {}, urgent: {} };
let admin: Somebody;

beforeEach(async () => {
  await Promise.all([calendars().deleteMany({}), policies().deleteMany({})]);
  admin = await an.admin();
});
const post = (path: string, body: object) => as(admin).post(`/api/v1/${path}`, body);
const added = async (path: string, body: object) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(201);
  return answer.body as { id: string; version: number; default: boolean };
};

describe("calendars", () => {
  test("are kept with their intervals in order, and read by staff", async () => {
    const { id } = await added("calendars", office);
    const { body } = await as(await an.agent()).get("/api/v1/calendars");
    expect(body).toMatchObject({ items: [{ id, name: "Office", weekdays: { mon: [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "24:00" }], sun: [] }, holidays: [], icalUrl: null }], nextCursor: null });
  });

  test("without a working minute in the coming year are refused, new or changed", async () => {
    const refused = await post("calendars", { ...office, weekdays: none });
    expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining("no working minute in the coming year") as string } });
    const { id } = await added("calendars", office);
    expect((await as(admin).patch(`/api/v1/calendars/${id}`, { weekdays: none })).status).toBe(400);
  });

  test.each([
    ["a zone that is none", { timeZone: "Mars/Olympus" }],
    ["a day that begins at 24:00", { weekdays: { ...none, mon: [{ from: "24:00", to: "24:00" }] } }],
    ["25 o'clock", { weekdays: { ...none, mon: [{ from: "09:00", to: "25:00" }] } }],
    ["an interval that ends before it begins", { weekdays: { ...none, mon: [{ from: "22:00", to: "06:00" }] } }],
    ["intervals that overlap", { weekdays: { ...none, mon: [{ from: "09:00", to: "12:00" }, { from: "11:00", to: "13:00" }] } }],
    ["a weekday that is missing", { weekdays: { mon: [] } }],
    ["a date that does not exist", { holidays: [{ date: "2026-02-30", name: "No day" }] }],
    ["an address that is no web address", { icalUrl: "file:///etc/passwd" }],
  ])("%s is refused", async (_, wrong) => {
    expect((await post("calendars", { ...office, ...wrong })).status).toBe(400);
    expect(await calendars().countDocuments({})).toBe(0);
  });

  test("say where they are wrong", async () => {
    const spans = [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "12:30" }];
    expect((await post("calendars", { ...office, weekdays: { ...none, mon: spans } })).body).toMatchObject({ errors: [{ path: "weekdays.mon.1.to", message: "must be after from" }] });
    const overlapping = [{ from: "09:00", to: "12:00" }, { from: "11:00", to: "13:00" }];
    expect((await post("calendars", { ...office, weekdays: { ...none, tue: overlapping } })).body).toMatchObject({ errors: [{ path: "weekdays.tue.1.from", message: "must not overlap" }] });
  });

  test("keep their holidays in order of dates", async () => {
    await added("calendars", { ...office, holidays: [{ date: "2026-12-25", name: "Christmas" }, { date: "2026-01-01", name: "New Year" }] });
    expect((await as(admin).get("/api/v1/calendars")).body).toMatchObject({ items: [{ holidays: [{ date: "2026-01-01" }, { date: "2026-12-25" }] }] });
  });

  test("are changed by the version that the writer saw; a stale one is told and changes nothing", async () => {
    const { id, version } = await added("calendars", office);
    expect((await as(admin).patch(`/api/v1/calendars/${id}`, { name: "First" }, { "if-match": `"${version}"` })).status).toBe(200);
    expect((await as(admin).patch(`/api/v1/calendars/${id}`, { name: "Second" }, { "if-match": `"${version}"` })).status).toBe(409);
    expect((await calendars().findOne({ _id: id }))?.name).toBe("First");
  });

  test("that a policy counts by are not deleted; a name is taken once", async () => {
    const { id } = await added("calendars", office);
    await added("sla-policies", { name: "Standard", calendarId: id, targets: empty });
    expect((await as(admin).delete(`/api/v1/calendars/${id}`)).status).toBe(409);
    expect((await post("calendars", office)).status).toBe(409);
  });
});

describe("policies", () => {
  test("there is always one default: the first, until another becomes it; it can't be deleted or given up", async () => {
    const { id: calendarId } = await added("calendars", office);
    const first = await added("sla-policies", { name: "Standard", calendarId, targets: empty });
    const second = await added("sla-policies", { name: "Gold", calendarId, targets: empty, default: false });
    expect([first.default, second.default]).toEqual([true, false]);
    expect((await as(admin).patch(`/api/v1/sla-policies/${first.id}`, { default: false })).status).toBe(409);
    expect((await as(admin).delete(`/api/v1/sla-policies/${first.id}`)).status).toBe(409);
    expect((await as(admin).patch(`/api/v1/sla-policies/${second.id}`, { default: true })).status).toBe(200);
    expect((await policies().find({ default: true }).toArray()).map((policy) => policy._id)).toEqual([second.id]);
    expect((await as(admin).delete(`/api/v1/sla-policies/${first.id}`)).status).toBe(204);
  });

  test("name calendars and queues that exist, and a queue has one policy at most", async () => {
    const { id: calendarId } = await added("calendars", office);
    const queue = await a.queue();
    expect((await post("sla-policies", { name: "P", calendarId: "nosuchcalendar", targets: empty })).status).toBe(400);
    expect((await post("sla-policies", { name: "P", calendarId, targets: empty, queueIds: ["nosuchqueue"] })).status).toBe(400);
    expect((await post("sla-policies", { name: "P", calendarId, targets: empty, pausedIn: ["open"] })).status).toBe(400);
    expect((await post("sla-policies", { name: "P", calendarId, targets: { ...empty, low: { firstResponseMinutes: 0 } } })).status).toBe(400);
    await added("sla-policies", { name: "P", calendarId, targets: empty, queueIds: [queue._id] });
    expect((await post("sla-policies", { name: "Q", calendarId, targets: empty, queueIds: [queue._id] })).status).toBe(409);
  });

  test("are changed by the version that the writer saw", async () => {
    const { id: calendarId } = await added("calendars", office);
    const { id, version } = await added("sla-policies", { name: "Standard", calendarId, targets: empty });
    expect((await as(admin).patch(`/api/v1/sla-policies/${id}`, { name: "First" }, { "if-match": `"${version}"` })).body).toMatchObject({ name: "First", version: version + 1 });
    expect((await as(admin).patch(`/api/v1/sla-policies/${id}`, { name: "Second" }, { "if-match": `"${version}"` })).status).toBe(409);
  });

  test("the usual ones count in the desk's time zone", async () => {
    expect((await as(admin).patch("/api/v1/settings", { timeZone: "Asia/Kathmandu" })).status).toBe(200);
    await promiseTheUsual();
    expect((await calendars().findOne({}))?.timeZone).toBe("Asia/Kathmandu");
  });

  test("a desk without one gets the usual, once, however many processes start", async () => {
    await Promise.all([promiseTheUsual(), promiseTheUsual(), promiseTheUsual()]);
    await promiseTheUsual();
    expect(await policies().countDocuments({})).toBe(1);
    expect(await calendars().countDocuments({})).toBe(1);
  });
});
