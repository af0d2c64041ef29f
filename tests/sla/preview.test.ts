import { beforeAll, describe, expect, test } from "vitest";
import { useDesk, a, an, type Somebody } from "../support/desk";
import { as } from "../support/doors";
import type { PreviewView } from "@/lib/sla/view";

useDesk();
const office = [{ from: "09:00", to: "17:00" }];
const weekdays = { mon: office, tue: office, wed: office, thu: office, fri: office, sat: [], sun: [] };
const targets = { low: {}, normal: { firstResponseMinutes: 240, nextResponseMinutes: 60, resolutionMinutes: 960 }, high: {}, urgent: { firstResponseMinutes: 30 } };
/** A Friday, an hour before the office closes in Berlin. */
const at = "2026-11-27T15:00:00Z";
let [agent, calendarId, policyId]: [Somebody, string, string] = [{} as Somebody, "", ""];

beforeAll(async () => {
  const admin = await an.admin();
  agent = await an.agent();
  calendarId = ((await as(admin).post("/api/v1/calendars", { name: "Office", timeZone: "Europe/Berlin", weekdays, holidays: [] })).body as { id: string }).id;
  policyId = ((await as(admin).post("/api/v1/sla-policies", { name: "Standard", calendarId, targets })).body as { id: string }).id;
});
const ask = async (body: object) => (await as(agent).post("/api/v1/sla-policies/preview", body)).body as PreviewView;

describe("POST /sla-policies/preview", () => {
  test("tells when a ticket would be due and reminded of, by a stored policy", async () => {
    const { due, timeZone } = await ask({ policyId, at });
    expect(timeZone).toBe("Europe/Berlin");
    // one hour on Friday, three on Monday; reminded half an hour before
    expect(due.normal.firstResponse).toEqual({ dueAt: "2026-11-30T11:00:00.000Z", remindAt: "2026-11-30T10:30:00.000Z", text: "Monday 12:00" });
    expect(due.normal.nextResponse).toEqual({ dueAt: "2026-11-27T16:00:00.000Z", remindAt: "2026-11-27T15:45:00.000Z", text: "Friday 17:00" });
    expect(due.normal.resolution?.dueAt).toBe("2026-12-01T15:00:00.000Z");
    expect(due.urgent).toMatchObject({ firstResponse: { dueAt: "2026-11-27T15:30:00.000Z" }, nextResponse: null, resolution: null });
    expect(due.low).toEqual({ firstResponse: null, nextResponse: null, resolution: null });
  });

  test("takes drafts of targets and calendar instead of what is stored", async () => {
    const drafted = await ask({ policyId, at, targets: { ...targets, normal: { firstResponseMinutes: 30 } }, calendar: { timeZone: "UTC", weekdays, holidays: [{ date: "2026-11-27", name: "Closed" }] } });
    expect(drafted.due.normal.firstResponse?.dueAt).toBe("2026-11-30T09:30:00.000Z");
    expect((await ask({ targets, calendarId, at })).due.urgent.firstResponse?.dueAt).toBe("2026-11-27T15:30:00.000Z");
  });

  test.each([
    ["nothing to go by", {}, 400], ["targets without a calendar", { targets }, 400], ["a policy that is none", { policyId: "nosuchpolicy" }, 404], ["a moment that is none", { targets, at: "soon" }, 400],
    ["a moment in another age", { targets, at: "9990-01-01T00:00:00Z" }, 400], ["a calendar with an interval that ends before it begins", { targets, calendar: { timeZone: "UTC", weekdays: { ...weekdays, mon: [{ from: "12:00", to: "09:00" }] } } }, 400],
  ])("refuses %s", async (_, body, status) => {
    expect((await as(agent).post("/api/v1/sla-policies/preview", body)).status).toBe(status);
  });

  test("is for staff", async () => {
    expect((await as(await a.customer()).post("/api/v1/sla-policies/preview", { policyId })).status).toBe(403);
    expect((await as(null).post("/api/v1/sla-policies/preview", { policyId })).status).toBe(401);
  });
});
