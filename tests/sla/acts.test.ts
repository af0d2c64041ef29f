import { describe, expect, test } from "vitest";
import { ahead, lived, periods, rules, sundayMorning, targets, type Step } from "./story";

// Worked out by hand. 2 March 2026 is a Monday; Berlin is an hour ahead of UTC, from 29 March to 25 October two. Answers are in UTC.
const mar = (day: number, time: string) => `2026-03-${String(day).padStart(2, "0")}T${time}+01:00`;
const usual = rules();
/** Of a ticket opened on Monday at 09:00: resolution due after 1020 minutes, on Tuesday at 17:30. */
const resolutionAhead = ["remind resolution 2026-03-03T16:00:00", "breach resolution 2026-03-03T16:30:00"];
const looked: Step = [mar(2, "09:00"), "desk"];

type Case = [title: string, steps: Step[], now: string, expected: string[], by?: ReturnType<typeof rules>];
const check = ([, steps, now, expected, by = usual]: Case, opened = mar(2, "09:00"), priority: "normal" | "high" | "urgent" = "normal") => expect(ahead(lived(opened, steps, by, priority), by, now)).toEqual(expected);

describe("reminders and breaches", () => {
  test.each<Case>([
    ["thirty working minutes before, then after the due time", [], mar(2, "09:00"), ["remind firstResponse 2026-03-02T09:30:00", "breach firstResponse 2026-03-02T10:00:00", ...resolutionAhead]],
    ["a reminder is due from its very moment on", [], mar(2, "10:30"), ["* remind firstResponse 2026-03-02T09:30:00", "breach firstResponse 2026-03-02T10:00:00", ...resolutionAhead]],
    ["met at exactly due is met: nothing is late yet at 11:00", [[mar(2, "10:30"), "desk"]], mar(2, "11:00"), ["breach firstResponse 2026-03-02T10:00:00", ...resolutionAhead]],
    ["a millisecond later it is, and nobody is reminded any more", [], mar(2, "11:00:00.001"), ["* breach firstResponse 2026-03-02T10:00:00", ...resolutionAhead]],
    ["answered at exactly due", [[mar(2, "11:00"), "staff answers"]], mar(2, "11:01"), resolutionAhead],
    ["answered a millisecond late, before anybody looked: still recorded", [[mar(2, "11:00:00.001"), "staff answers"]], mar(2, "11:01"), ["* breach firstResponse 2026-03-02T10:00:00", ...resolutionAhead]],
    ["a paused clock demands nothing; the first response never pauses", [[mar(2, "09:10"), "pending"]], mar(2, "09:20"), ["remind firstResponse 2026-03-02T09:30:00", "breach firstResponse 2026-03-02T10:00:00"]],
    ["paused after it was late, before anybody looked: still recorded", [[mar(2, "09:10"), "staff answers"], [mar(4, "09:00"), "pending"]], mar(4, "09:01"), ["* breach resolution 2026-03-03T16:30:00"]],
    ["each next response has its own; 10:00 + 240 is 14:00", [[mar(2, "09:10"), "staff answers"], [mar(2, "10:00"), "customer writes"]], mar(2, "10:00"), ["remind nextResponse 2026-03-02T12:30:00", "breach nextResponse 2026-03-02T13:00:00", ...resolutionAhead]],
    ["once a clock, whatever becomes of its due time: urgent since 11:15, 240 from 09:00 is 13:00", [[mar(2, "10:30"), "desk"], [mar(2, "10:40"), "staff answers"], [mar(2, "11:15"), "urgent"]], mar(2, "11:16"), ["remind resolution 2026-03-02T11:30:00", "breach resolution 2026-03-02T12:00:00"]],
    ["a reminder that was sent is not sent again when the clock is given more time", [[mar(2, "11:15"), "urgent"], [mar(2, "12:30"), "desk"], [mar(2, "12:40"), "staff answers"], [mar(2, "12:45"), "normal"]], mar(2, "12:46"), ["breach resolution 2026-03-03T16:30:00"]],
    ["a recorded breach stays, and is not recorded again when the clock is late once more", [[mar(2, "11:15"), "urgent"], [mar(2, "13:01"), "desk"], [mar(2, "13:05"), "staff answers"], [mar(2, "13:10"), "normal"]], mar(4, "12:00"), []],
    ["a setting of 10 minutes: before 11:00 and 17:30", [], mar(2, "09:00"), ["remind firstResponse 2026-03-02T09:50:00", "breach firstResponse 2026-03-02T10:00:00", "remind resolution 2026-03-03T16:20:00", "breach resolution 2026-03-03T16:30:00"], rules({ periods: { remindMinutes: 10 } })],
    ["a desk that promises nothing", [], mar(9, "09:00"), [], { ...usual, policies: [] }],
  ])("%s", (...each) => check(each));

  test("a quarter of a target that is shorter than four times the setting: 15 of 60, 7.5 of 30", () => {
    check(["", [], mar(2, "09:00"), ["remind firstResponse 2026-03-02T08:45:00", "breach firstResponse 2026-03-02T09:00:00"]], mar(2, "09:00"), "high");
    check(["", [], mar(2, "09:00"), ["remind firstResponse 2026-03-02T08:22:30", "breach firstResponse 2026-03-02T08:30:00", "remind resolution 2026-03-02T11:30:00", "breach resolution 2026-03-02T12:00:00"]], mar(2, "09:00"), "urgent");
  });

  test("working time before the due time: of 120 minutes 105 are Friday's, and the last half hour begins then", () => {
    check(["", [], mar(6, "15:45"), ["remind firstResponse 2026-03-06T16:15:00", "breach firstResponse 2026-03-09T08:15:00"], rules({ targets: { ...targets, normal: { firstResponseMinutes: 120 } } })], mar(6, "15:45"));
  });

  test.each<[string, string, string[], ReturnType<typeof rules>]>([
    ["clocks go forward: 01:00 to 02:00, 03:00 to 04:00 is 02:00 UTC", "2026-03-29T01:00+01:00", ["remind firstResponse 2026-03-29T01:30:00", "breach firstResponse 2026-03-29T02:00:00"], rules({ calendar: sundayMorning, targets: { ...targets, normal: { firstResponseMinutes: 120 } } })],
    ["clocks go back: 02:00 comes twice, two hours from 01:00 end when it begins again", "2026-10-25T01:00+02:00", ["remind firstResponse 2026-10-25T00:30:00", "breach firstResponse 2026-10-25T01:00:00"], rules({ calendar: sundayMorning, targets: { ...targets, normal: { firstResponseMinutes: 120 } } })],
    ["29 February 2028 is a Tuesday and worked: an hour on the 28th, an hour on it", "2028-02-28T16:30+01:00", ["remind firstResponse 2028-02-29T08:30:00", "breach firstResponse 2028-02-29T09:00:00"], rules({ targets: { ...targets, normal: { firstResponseMinutes: 120 } } })],
  ])("%s", (_, opened, expected, by) => check(["", [], opened, expected, by], opened));
});

describe("a ticket resolved in the minute of its breach", () => {
  const answered: Step = [mar(2, "09:30"), "staff answers"];
  test.each<Case>([
    ["at exactly due: no breach, only what closes it", [looked, answered, [mar(3, "17:30"), "resolved"]], mar(3, "17:31"), ["nudge 2026-03-09T16:30:00"]],
    ["half a minute late: recorded, though it is resolved", [looked, answered, [mar(3, "17:30:30"), "resolved"]], mar(3, "17:31"), ["* breach resolution 2026-03-03T16:30:00", "nudge 2026-03-09T16:30:30"]],
    ["recorded first, resolved half a minute later: not again", [looked, answered, [mar(3, "17:30:01"), "desk"], [mar(3, "17:30:30"), "resolved"]], mar(3, "17:31"), ["nudge 2026-03-09T16:30:30"]],
  ])("%s", (...each) => check(each));
});

describe("a policy changed in the middle", () => {
  const strict = rules({ targets: { ...targets, normal: { firstResponseMinutes: 60, resolutionMinutes: 240 } } });
  test.each<Case>([
    ["what runs is timed from its start: 60 and 240 from 09:00", [[mar(2, "10:30"), "desk"]], mar(2, "10:31"), ["* breach firstResponse 2026-03-02T09:00:00", "remind resolution 2026-03-02T11:30:00", "breach resolution 2026-03-02T12:00:00"], strict],
    ["what had been answered in time by the rules of then stays so", [looked, [mar(2, "10:30"), "staff answers"], [mar(2, "10:31"), "desk"]], mar(2, "10:40"), ["remind resolution 2026-03-02T11:30:00", "breach resolution 2026-03-02T12:00:00"], strict],
    ["also when another clock is late by the new ones", [[mar(2, "10:30"), "staff answers", usual], [mar(2, "14:00"), "staff notes", strict]], mar(2, "14:00"), ["* breach resolution 2026-03-02T12:00:00"], strict],
    ["answered late by the new rules, after they came: recorded", [[mar(2, "10:00"), "staff notes", usual], [mar(2, "10:20"), "staff notes", strict], [mar(2, "10:30"), "staff answers", strict]], mar(2, "10:31"), ["* breach firstResponse 2026-03-02T09:00:00", "remind resolution 2026-03-02T11:30:00", "breach resolution 2026-03-02T12:00:00"], strict],
  ])("%s", (_, steps, now, expected, by = usual) => expect(ahead(lived(mar(2, "09:00"), steps.map(([time, does, then = usual]): Step => [time, does, then]), usual), by, now)).toEqual(expected));
});

describe("a breach on which nobody acts", () => {
  const breached: Step = [mar(2, "11:01"), "desk"];
  const only = rules({ targets: { ...targets, normal: { firstResponseMinutes: 120 } } });
  test.each<Case>([
    ["is told again after an hour", [breached], mar(2, "11:02"), ["repeat firstResponse 1 2026-03-02T11:01:00"]],
    ["and again, counted from the last time", [breached, [mar(2, "12:01"), "desk"]], mar(2, "12:02"), ["repeat firstResponse 2 2026-03-02T12:01:00"]],
    ["once, when the desk was away for three hours", [breached], mar(2, "15:00"), ["* repeat firstResponse 1 2026-03-02T11:01:00"]],
    ["in working time: of an hour, 29 minutes are left for Tuesday", [[mar(2, "16:59"), "desk"]], mar(2, "17:30"), ["repeat firstResponse 1 2026-03-03T08:29:00"]],
    ["not after a note by staff", [breached, [mar(2, "11:30"), "staff notes"]], mar(2, "12:30"), []],
    ["still after words of the customer", [breached, [mar(2, "11:30"), "customer writes"]], mar(2, "11:31"), ["repeat firstResponse 1 2026-03-02T11:01:00"]],
    ["not when it is resolved", [breached, [mar(2, "11:30"), "resolved"]], mar(2, "12:30"), ["nudge 2026-03-08T10:30:00"]],
    ["never, with a setting of 0", [breached], mar(2, "12:30"), [], { ...only, periods: { ...periods, repeatBreachMinutes: 0 } }],
  ])("%s", (_, steps, now, expected, by = only) => check(["", steps, now, expected, by]));

  test("begins anew with the next breach", () => {
    const both = rules({ targets: { ...targets, normal: { firstResponseMinutes: 120, resolutionMinutes: 240 } } });
    check(["", [breached, [mar(2, "11:30"), "staff answers"], [mar(2, "13:01"), "desk"]], mar(2, "13:02"), ["repeat resolution 1 2026-03-02T13:01:00"], both]);
  });
});

describe("a resolved ticket", () => {
  const resolved: Step[] = [[mar(2, "09:30"), "staff answers"], [mar(2, "10:00"), "resolved"]];
  const nudged: Step = [mar(8, "10:00"), "desk"];
  test.each<Case>([
    ["is nudged a day before seven days are over", resolved, mar(2, "10:00"), ["nudge 2026-03-08T09:00:00"]],
    ["is closed a day after its nudge", [...resolved, nudged], mar(8, "10:01"), ["close 2026-03-09T09:00:00"]],
    ["is not closed before the time that a late nudge told", [...resolved, [mar(9, "12:00"), "desk"]], mar(9, "12:01"), ["close 2026-03-10T11:00:00"]],
    ["waits from the last activity: a private note is one", [...resolved, [mar(4, "12:00"), "staff notes"]], mar(4, "12:00"), ["nudge 2026-03-10T11:00:00"]],
    ["is nudged anew when something happened after the nudge", [...resolved, nudged, [mar(8, "11:00"), "staff notes"]], mar(8, "11:00"), ["nudge 2026-03-14T10:00:00"]],
    ["reopened and resolved again: counted from there", [...resolved, [mar(3, "10:00"), "reopened"], [mar(4, "10:00"), "resolved"]], mar(4, "10:00"), ["nudge 2026-03-10T09:00:00"]],
    ["without a nudge, if none is wanted", resolved, mar(2, "10:00"), ["close 2026-03-09T09:00:00"], rules({ periods: { nudgeHours: 0 } })],
    ["nudged at once, where the notice is longer than the wait", resolved, mar(2, "10:00"), ["* nudge 2026-02-28T09:00:00"], rules({ periods: { closeAfterDays: 1, nudgeHours: 72 } })],
    ["keeps the time it told, though the wait is shortened", [...resolved, nudged], mar(8, "10:01"), ["close 2026-03-09T09:00:00"], rules({ periods: { closeAfterDays: 2, nudgeHours: 0 } })],
    ["closes later, when the wait is made longer", [...resolved, nudged], mar(8, "10:01"), ["close 2026-03-16T09:00:00"], rules({ periods: { closeAfterDays: 14 } })],
    ["also on a desk that promises nothing", resolved, mar(2, "10:00"), ["nudge 2026-03-08T09:00:00"], { ...usual, policies: [] }],
    ["closed, nothing is ahead", [...resolved, nudged, [mar(9, "10:00"), "desk"]], mar(20, "10:00"), []],
  ])("%s", (_, steps, now, expected, by = usual) => expect(ahead(lived(mar(2, "09:00"), steps, usual), by, now)).toEqual(expected));
});
