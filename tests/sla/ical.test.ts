import { describe, expect, test } from "vitest";
import { holidaysIn } from "@/lib/sla/ical";

const at = new Date("2026-11-25T09:00:00Z");
const event = (...lines: string[]) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"];
const file = (...lines: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hand//EN", ...lines, "END:VCALENDAR", ""].join("\r\n");
const daysIn = async (text: string, zone = "Europe/Berlin") => {
  const { holidays, skipped } = await holidaysIn(text, zone, at);
  return [...holidays.map(({ date, name }) => `${date} ${name}`), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
};

const newYork = ["BEGIN:VTIMEZONE", "TZID:Head office", "BEGIN:STANDARD", "DTSTART:19701101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU", "END:STANDARD", "BEGIN:DAYLIGHT", "DTSTART:19700308T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU", "END:DAYLIGHT", "END:VTIMEZONE"];

describe("an iCal file", () => {
  test.each<[string, string[], string[]]>([
    ["one day, without an end", event("DTSTART;VALUE=DATE:20261224", "SUMMARY:Christmas Eve"), ["2026-12-24 Christmas Eve"]],
    ["one day that ends on itself, as some write it", event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261224", "SUMMARY:Eve"), ["2026-12-24 Eve"]],
    ["several days: the end is not one of them", event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261227", "SUMMARY:Closed"), ["2026-12-24 Closed", "2026-12-25 Closed", "2026-12-26 Closed"]],
    ["a length instead of an end", event("DTSTART;VALUE=DATE:20261224", "DURATION:P2D", "SUMMARY:Closed"), ["2026-12-24 Closed", "2026-12-25 Closed"]],
    ["a leap day", event("DTSTART;VALUE=DATE:20280229", "SUMMARY:Leap"), ["2028-02-29 Leap"]],
    ["each year, from last year to three years ahead", event("DTSTART;VALUE=DATE:20011225", "RRULE:FREQ=YEARLY", "SUMMARY:Christmas"), ["2025-12-25 Christmas", "2026-12-25 Christmas", "2027-12-25 Christmas", "2028-12-25 Christmas"]],
    ["the fourth Thursday of November", event("DTSTART;VALUE=DATE:20201126", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "SUMMARY:Thanks"), ["2025-11-27 Thanks", "2026-11-26 Thanks", "2027-11-25 Thanks", "2028-11-23 Thanks", "2029-11-22 Thanks"]],
    ["each year with an exception", event("DTSTART;VALUE=DATE:20201225", "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:20261225,20281225", "SUMMARY:Christmas"), ["2025-12-25 Christmas", "2027-12-25 Christmas"]],
    ["each year until one", event("DTSTART;VALUE=DATE:20201225", "RRULE:FREQ=YEARLY;UNTIL=20261231", "SUMMARY:Christmas"), ["2025-12-25 Christmas", "2026-12-25 Christmas"]],
    ["so many times", event("DTSTART;VALUE=DATE:20241225", "RRULE:FREQ=YEARLY;COUNT=2", "SUMMARY:Christmas"), ["2025-12-25 Christmas"]],
    ["one of a series moved", [...event("UID:s", "DTSTART;VALUE=DATE:20251231", "RRULE:FREQ=YEARLY;COUNT=2", "SUMMARY:Stocktaking"), ...event("UID:s", "RECURRENCE-ID;VALUE=DATE:20261231", "DTSTART;VALUE=DATE:20261230", "SUMMARY:Stocktaking, moved")], ["2025-12-31 Stocktaking", "2026-12-30 Stocktaking, moved"]],
    ["cancelled ones left out", [...event("DTSTART;VALUE=DATE:20261224", "STATUS:CANCELLED", "SUMMARY:Off"), ...event("DTSTART;VALUE=DATE:20261225", "STATUS:CONFIRMED", "SUMMARY:On")], ["2026-12-25 On", "1 skipped"]],
    ["one of a series cancelled", [...event("UID:c", "DTSTART;VALUE=DATE:20251231", "RRULE:FREQ=YEARLY;COUNT=2", "SUMMARY:Eve"), ...event("UID:c", "RECURRENCE-ID;VALUE=DATE:20261231", "DTSTART;VALUE=DATE:20261231", "STATUS:CANCELLED", "SUMMARY:Eve")], ["2025-12-31 Eve"]],
    ["two on a day: the first gives the name", [...event("DTSTART;VALUE=DATE:20261225", "SUMMARY:One"), ...event("DTSTART;VALUE=DATE:20261225", "SUMMARY:Two")], ["2026-12-25 One"]],
    ["folded lines, escapes and a language", event("DTSTART;VALUE=DATE:20261006", "SUMMARY;LANGUAGE=en:Unity\\, and a ver", " y long day"), ["2026-10-06 Unity, and a very long day"]],
    ["without a summary", event("DTSTART;VALUE=DATE:20261006"), ["2026-10-06 Holiday"]],
    ["midnight to midnight without a zone: by the calendar's clocks", event("DTSTART:20261224T000000", "DTEND:20261225T000000", "SUMMARY:Eve"), ["2026-12-24 Eve"]],
    ["midnight to midnight in its own zone", event("DTSTART;TZID=Europe/Berlin:20261224T000000", "DTEND;TZID=Europe/Berlin:20261226T000000", "SUMMARY:Eve"), ["2026-12-24 Eve", "2026-12-25 Eve"]],
    ["midnight to midnight in UTC is most of the same day in Berlin", event("DTSTART:20261224T000000Z", "DTEND:20261225T000000Z", "SUMMARY:Eve"), ["2026-12-24 Eve"]],
    ["a zone that the file itself defines", [...newYork, ...event("DTSTART;TZID=Head office:20261224T000000", "DTEND;TZID=Head office:20261225T000000", "SUMMARY:Eve")], ["2026-12-24 Eve"]],
    ["a zone that nobody knows: by the calendar's clocks", event("DTSTART;TZID=Mars/Olympus:20261224T000000", "DTEND;TZID=Mars/Olympus:20261225T000000", "SUMMARY:Eve"), ["2026-12-24 Eve"]],
    ["a night over a clock change", event("DTSTART;TZID=Europe/Berlin:20270328T000000", "DTEND;TZID=Europe/Berlin:20270329T000000", "SUMMARY:Short"), ["2027-03-28 Short"]],
    ["a meeting frees no day", event("DTSTART;TZID=Europe/Berlin:20261224T100000", "DTEND;TZID=Europe/Berlin:20261224T113000", "SUMMARY:Meeting"), ["1 skipped"]],
    ["an alarm in it changes nothing", event("DTSTART;VALUE=DATE:20261224", "BEGIN:VALARM", "TRIGGER:-PT15M", "SUMMARY:Ring", "DURATION:P99D", "END:VALARM", "SUMMARY:Eve"), ["2026-12-24 Eve"]],
    ["long ago, and in a far future", [...event("DTSTART;VALUE=DATE:19990101", "SUMMARY:Past"), ...event("DTSTART;VALUE=DATE:20990101", "SUMMARY:Future")], ["2 skipped"]],
    ["from last year into this window", event("DTSTART;VALUE=DATE:20250101", "DTEND;VALUE=DATE:20251126", "SUMMARY:Sabbatical"), ["2025-11-24 Sabbatical", "2025-11-25 Sabbatical"]],
  ])("%s", async (_, lines, days) => {
    expect(await daysIn(file(...lines))).toEqual(days);
  });

  test("read in a zone far west, whole days stay what they are; times don't", async () => {
    expect(await daysIn(file(...event("DTSTART;VALUE=DATE:20261225", "SUMMARY:Day")), "Pacific/Honolulu")).toEqual(["2026-12-25 Day"]);
    // midnight in Berlin is 13:00 of the day before in Honolulu, so the noon that it covers is the next one
    expect(await daysIn(file(...event("DTSTART;TZID=Europe/Berlin:20261225T000000", "DTEND;TZID=Europe/Berlin:20261226T000000", "SUMMARY:Times")), "Pacific/Honolulu")).toEqual(["2026-12-25 Times"]);
    expect(await daysIn(file(...event("DTSTART;TZID=Pacific/Auckland:20261225T000000", "DTEND;TZID=Pacific/Auckland:20261226T000000", "SUMMARY:Times")), "Pacific/Honolulu")).toEqual(["2026-12-24 Times"]);
  });

  test("with bare line feeds, a byte order mark or lower-case names is one too", async () => {
    const lines = event("dtstart;value=date:20261224", "summary:Eve");
    expect(await daysIn(`\uFEFF${file(...lines).replaceAll("\r\n", "\n")}`)).toEqual(["2026-12-24 Eve"]);
  });
});

describe("a hostile or broken file", () => {
  test.each<[string, string[], string[]]>([
    ["a rule by the second", event("DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=SECONDLY"), ["1 skipped"]],
    ["the same, folded and in lower case", event("DTSTART;VALUE=DATE:20261101", "rrule:freq=seco", " ndly"), ["1 skipped"]],
    ["a second frequency behind the first", event("DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=YEARLY;X=FREQ=SECONDLY"), ["1 skipped"]],
    ["a yearly rule that is by the second within", event("DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=YEARLY;BYHOUR=0,1,2,3,4;BYMINUTE=0,1,2,3,4,5;BYSECOND=0,1,2,3"), ["1 skipped"]],
    ["a rule that never comes true", event("DTSTART;VALUE=DATE:10000101", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), ["1 skipped"]],
    ["a count without end", event("DTSTART;VALUE=DATE:10000101", "RRULE:FREQ=MONTHLY;COUNT=1000000000;BYDAY=MO,TU,WE,TH,FR,SA,SU"), ["1 skipped"]],
    ["a frequency that is none", event("DTSTART;VALUE=DATE:20261101", "RRULE:FREQ=NEVERLY"), ["1 skipped"]],
    ["days that do not exist", [...event("DTSTART;VALUE=DATE:20260230"), ...event("DTSTART;VALUE=DATE:20261301"), ...event("DTSTART;VALUE=DATE:00000101"), ...event("DTSTART;VALUE=DATE:tomorrow")], ["4 skipped"]],
    ["an end that is none, a length that is none, no start", [...event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:x"), ...event("DTSTART;VALUE=DATE:20261224", "DURATION:forever"), ...event("SUMMARY:When?")], ["3 skipped"]],
    ["an end before its start is one day", event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20201224", "SUMMARY:Odd"), ["2026-12-24 Odd"]],
    ["two starts: the first holds", event("DTSTART;VALUE=DATE:20261224", "DTSTART;VALUE=DATE:20261225", "SUMMARY:Twice"), ["2026-12-24 Twice"]],
    ["an id that is a trap", event("UID:__proto__", "DTSTART;VALUE=DATE:20261224", "SUMMARY:Trap"), ["2026-12-24 Trap"]],
    ["control characters in a name", event("DTSTART;VALUE=DATE:20261224", "SUMMARY:A\\nB\u0007C"), ["2026-12-24 A B C"]],
    ["an event that never ends", ["BEGIN:VEVENT", "DTSTART;VALUE=DATE:20261224"], []],
    ["parts that are no events", ["BEGIN:VTODO", "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=SECONDLY", "END:VTODO", "BEGIN:VFREEBUSY", "FREEBUSY:x/y", "END:VFREEBUSY"], []],
  ])("%s", async (_, lines, days) => {
    expect(await daysIn(file(...lines))).toEqual(days);
  });

  test("a name is cut at 120 characters", async () => {
    const { holidays } = await holidaysIn(file(...event("DTSTART;VALUE=DATE:20261224", `SUMMARY:${"x".repeat(5000)}`)), "UTC", at);
    expect(holidays[0]?.name).toHaveLength(120);
  });

  const many = (count: number, ...lines: string[]) => file(...Array.from({ length: count }, (_, index) => event(`UID:${index}`, ...lines)).flat());
  test.each([
    ["no iCal file", "<!doctype html><title>Not found</title>", "is no iCal file"],
    ["nothing", "\r\n", "is no iCal file"],
    ["ten thousand entries and one", many(10_001, "DTSTART;VALUE=DATE:20261224"), "more than 10000 entries"],
    ["a thousand repeating entries and one", many(1001, "DTSTART;VALUE=DATE:20261224", "RRULE:FREQ=YEARLY"), "more than 1000 repeating entries"],
    ["each day for ever", file(...event("DTSTART;VALUE=DATE:10000101", "RRULE:FREQ=DAILY")), "more than 1000 days"],
    ["years that begin each day", file(...event("DTSTART;VALUE=DATE:20200101", "RRULE:FREQ=DAILY", "DURATION:P9999D")), "more than 1000 days"],
    ["a day of three thousand years", file(...event("DTSTART;VALUE=DATE:10000101", "DTEND;VALUE=DATE:29991231")), "more than 1000 days"],
    ["too large", file(`X:${"a".repeat(900_000)}`), "larger than 900 kB"],
  ])("%s is refused in a sentence, quickly", async (_, text, sentence) => {
    const began = process.cpuUsage();
    await expect(holidaysIn(text, "UTC", at)).rejects.toMatchObject({ kind: "invalid", message: expect.stringContaining(sentence) as string });
    expect(process.cpuUsage(began).user).toBeLessThan(3_000_000);
  });

  test("ten thousand entries are read", async () => {
    expect(await daysIn(many(10_000, "DTSTART;VALUE=DATE:20261224", "SUMMARY:Eve"))).toEqual(["2026-12-24 Eve"]);
  });
});
