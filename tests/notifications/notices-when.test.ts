import { describe, expect, test } from "vitest";
import type { NoticeKind, MailChoice } from "@/lib/notifications/schema";
import { ways } from "@/lib/notifications/table";
import { afterQuiet, isQuiet, mailTime, nextDigest, type Wishes } from "@/lib/notifications/when";

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();
const quiet = (from: string, to: string, timeZone: string) => ({ quietHours: { from, to }, timeZone });

describe("quiet hours", () => {
  const berlin = quiet("22:00", "07:00", "Europe/Berlin"); // winter: UTC+1, summer: UTC+2

  test.each([
    ["2026-01-15T20:59:00Z", false],
    ["2026-01-15T21:00:00Z", true],
    ["2026-01-16T05:59:59Z", true],
    ["2026-01-16T06:00:00Z", false],
    ["2026-07-15T20:00:00Z", true],
  ])("over midnight: %s is quiet: %s", (moment, expected) => {
    expect(isQuiet(berlin, at(moment))).toBe(expected);
  });

  test("[from, to) within a day, and none at all", () => {
    const noon = quiet("12:00", "13:00", "UTC");
    expect(["11:59", "12:00", "12:59", "13:00"].map((time) => isQuiet(noon, at(`2026-01-15T${time}:00Z`)))).toEqual([false, true, true, false]);
    expect(isQuiet({ quietHours: null, timeZone: "UTC" }, at("2026-01-15T03:00:00Z"))).toBe(false);
  });

  test.each([
    ["in the evening", "2026-01-15T22:30:20Z", "2026-01-16T06:00:00.000Z"],
    ["after midnight", "2026-01-16T02:00:00Z", "2026-01-16T06:00:00.000Z"],
    ["not quiet: at once", "2026-01-16T12:34:56Z", "2026-01-16T12:34:56.000Z"],
    ["the night in which clocks go forward (29 March, 2 to 3)", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00.000Z"],
    ["the night in which clocks go back (25 October, 3 to 2)", "2026-10-24T21:00:00Z", "2026-10-25T06:00:00.000Z"],
  ])("wait for their end: %s", (_when, from, expected) => {
    expect(iso(afterQuiet(berlin, at(from)))).toBe(expected);
  });

  test("that end in the hour that is skipped end when it is skipped", () => {
    expect(iso(afterQuiet(quiet("22:00", "02:30", "Europe/Berlin"), at("2026-03-28T23:00:00Z")))).toBe("2026-03-29T01:00:00.000Z");
  });

  test("that end in the hour that comes twice end the first time", () => {
    expect(iso(afterQuiet(quiet("22:00", "02:30", "Europe/Berlin"), at("2026-10-24T21:00:00Z")))).toBe("2026-10-25T00:30:00.000Z");
  });

  test("in a zone half an hour off", () => {
    expect(iso(afterQuiet(quiet("21:00", "08:00", "Asia/Kolkata"), at("2026-01-15T16:00:00Z")))).toBe("2026-01-16T02:30:00.000Z");
  });
});

describe("the next digest", () => {
  const daily = (time: string, timeZone: string) => ({ digest: { every: "day" as const, at: time }, timeZone });

  test.each([
    ["hourly", { digest: { every: "hour" as const, at: "08:00" }, timeZone: "UTC" }, "2026-01-15T10:20:30Z", "2026-01-15T11:00:00.000Z"],
    ["hourly, on the hour: the next", { digest: { every: "hour" as const, at: "08:00" }, timeZone: "UTC" }, "2026-01-15T10:00:00Z", "2026-01-15T11:00:00.000Z"],
    ["hourly by the clocks of Kolkata", { digest: { every: "hour" as const, at: "08:00" }, timeZone: "Asia/Kolkata" }, "2026-01-15T10:20:30Z", "2026-01-15T10:30:00.000Z"],
    ["daily, later today", daily("17:00", "Europe/Berlin"), "2026-01-15T10:20:30Z", "2026-01-15T16:00:00.000Z"],
    ["daily, tomorrow", daily("08:00", "Europe/Berlin"), "2026-01-15T10:20:30Z", "2026-01-16T07:00:00.000Z"],
    ["daily, at that very minute: tomorrow", daily("08:00", "UTC"), "2026-01-15T08:00:10Z", "2026-01-16T08:00:00.000Z"],
    ["daily over clocks that go forward", daily("08:00", "Europe/Berlin"), "2026-03-28T10:00:00Z", "2026-03-29T06:00:00.000Z"],
    ["daily over clocks that go back", daily("08:00", "Europe/Berlin"), "2026-10-24T10:00:00Z", "2026-10-25T07:00:00.000Z"],
    ["daily at a time that is skipped: as much later", daily("02:30", "Europe/Berlin"), "2026-03-28T10:00:00Z", "2026-03-29T01:30:00.000Z"],
  ])("%s", (_name, wishes, from, expected) => {
    expect(iso(nextDigest(wishes, at(from)))).toBe(expected);
  });
});

describe("the time of a mail", () => {
  const usual = Object.fromEntries(Object.entries(ways).map(([kind, { mail }]) => [kind, mail])) as Record<NoticeKind, MailChoice>;
  const wishes: Wishes = { mail: usual, digest: { every: "off", at: "08:00" }, quietHours: null, timeZone: "UTC" };
  const moment = new Date("2026-01-15T23:10:00Z");
  const told = (kind: NoticeKind, change: Partial<Wishes> = {}, away = false) => {
    const { mailAt, gathered } = mailTime(kind, { ...wishes, ...change }, { away, at: moment });
    return mailAt && `${mailAt.toISOString()}${gathered ? " gathered" : ""}`;
  };
  const digest = { every: "hour", at: "08:00" } as const;

  test("by kind, and by whether somebody is away", () => {
    expect([told("assigned"), told("mention"), told("mention", { mail: { ...usual, mention: "never" } }, true)]).toEqual([null, "2026-01-15T23:10:00.000Z", null]);
  });

  test("to who is away: what is everyday comes together, what must not wait at once", () => {
    const always: Partial<Wishes> = { mail: { ...usual, assigned: "always", breach: "away" } };
    expect([told("assigned", {}, true), told("customer-replied", {}, true), told("assigned", always, true), told("breach", always, true)]).toEqual(["2026-01-15T23:15:00.000Z gathered", "2026-01-15T23:15:00.000Z gathered", "2026-01-15T23:10:00.000Z", "2026-01-15T23:10:00.000Z"]);
  });

  test("a digest gathers some kinds and leaves others at once", () => {
    expect([told("assigned", { digest }, true), told("escalated", { digest }), told("mention", { digest }), told("breach", { digest })]).toEqual(["2026-01-16T00:00:00.000Z gathered", "2026-01-16T00:00:00.000Z gathered", "2026-01-15T23:10:00.000Z", "2026-01-15T23:10:00.000Z"]);
  });

  test("quiet hours hold everything, a digest too", () => {
    const quietHours = { from: "22:00", to: "06:30" };
    expect([told("breach", { quietHours }), told("escalated", { quietHours, digest })]).toEqual(["2026-01-16T06:30:00.000Z", "2026-01-16T06:30:00.000Z gathered"]);
  });
});
