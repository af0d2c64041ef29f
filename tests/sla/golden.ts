// Clocks worked out by hand from the SLA section of the design, before there was code. Every case says how its figures come about.
import type { Calendar, SlaPolicy } from "@/lib/sla/schema";
import type { Moment } from "@/lib/sla/history";

/** [due, state, minutes worked, minutes paused]; due is null while a clock is paused. */
type Reading = [due: string | null, state: "running" | "paused" | "met" | "breached", worked: number, paused: number];
export type Golden = {
  title: string;
  because: string;
  calendar: Pick<Calendar, "timeZone" | "weekdays" | "holidays">;
  policy: Pick<SlaPolicy, "targets" | "pausedIn">;
  moments: Moment[];
  now: string;
  firstResponse: Reading | null;
  /** In the order of their starts. */
  nextResponses: Reading[];
  resolution: Reading | null;
};

const none = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const daily = (...spans: [string, string][]) => spans.map(([from, to]) => ({ from, to }));
const weekdays = (...spans: [string, string][]) => ({ ...none, mon: daily(...spans), tue: daily(...spans), wed: daily(...spans), thu: daily(...spans), fri: daily(...spans) });
/** 510 minutes a day. */
const office = { timeZone: "Europe/Berlin", weekdays: weekdays(["09:00", "17:30"]), holidays: [] };
const easter = { ...office, holidays: [{ date: "2026-04-03", name: "Good Friday" }, { date: "2026-04-06", name: "Easter Monday" }] };
const withLunch = { ...office, weekdays: weekdays(["09:00", "12:00"], ["13:00", "17:00"]) };
const sundayMorning = { timeZone: "Europe/Berlin", weekdays: { ...none, sun: daily(["00:00", "06:00"]) }, holidays: [] };
const nightShift = { timeZone: "America/New_York", weekdays: { ...none, sat: daily(["22:00", "24:00"]), sun: daily(["00:00", "06:00"]) }, holidays: [] };
const always = daily(["00:00", "24:00"]);
const roundTheClock = { timeZone: "UTC", weekdays: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always }, holidays: [] };

const usual: Golden["policy"] = {
  pausedIn: ["pending", "on_hold"],
  targets: {
    low: {},
    normal: { firstResponseMinutes: 120, nextResponseMinutes: 240, resolutionMinutes: 1020 },
    high: { firstResponseMinutes: 60 },
    urgent: { firstResponseMinutes: 30, nextResponseMinutes: 60, resolutionMinutes: 240 },
  },
};
const slow: Golden["policy"] = { ...usual, targets: { ...usual.targets, normal: { firstResponseMinutes: 240, resolutionMinutes: 1020 } } };

const ms = (time: string) => Date.parse(time);
const opened = (time: string, priority: "low" | "normal" | "high" | "urgent" = "normal"): Moment => ({ at: ms(time), what: "opened", priority, onBehalf: false });
const onBehalf = (time: string): Moment => ({ at: ms(time), what: "opened", priority: "normal", onBehalf: true });
const says = (time: string, side: "customer" | "staff" | "system", automatic = false): Moment => ({ at: ms(time), what: "message", side, automatic });
const becomes = (time: string, status: "open" | "pending" | "on_hold" | "resolved" | "closed"): Moment => ({ at: ms(time), what: "status", status });
const ranks = (time: string, priority: "normal" | "urgent"): Moment => ({ at: ms(time), what: "priority", priority });
/** A day of March 2026 in Berlin before the clocks change; the 2nd is a Monday. */
const mar = (day: number, time: string) => `2026-03-${String(day).padStart(2, "0")}T${time}+01:00`;
const tuesdayEvening = mar(3, "17:30");

export const golden: Golden[] = [
  { title: "opened in working hours", because: "120 from 09:00 is 11:00; 1020 are two days of 510: the end of Tuesday",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00"))], now: mar(2, "10:00"),
    firstResponse: [mar(2, "11:00"), "running", 60, 0], nextResponses: [], resolution: [tuesdayEvening, "running", 60, 0] },
  { title: "over a weekend", because: "60 on Friday, 60 on Monday; 60 + 510 + 450 on Tuesday; nothing is worked on Saturday",
    calendar: office, policy: usual, moments: [opened(mar(6, "16:30"))], now: mar(7, "12:00"),
    firstResponse: [mar(9, "10:00"), "running", 60, 0], nextResponses: [], resolution: [mar(10, "16:30"), "running", 60, 0] },
  { title: "opened on a Saturday", because: "time begins on Monday at 09:00",
    calendar: office, policy: usual, moments: [opened(mar(7, "12:00"))], now: mar(8, "12:00"),
    firstResponse: [mar(9, "11:00"), "running", 0, 0], nextResponses: [], resolution: [mar(10, "17:30"), "running", 0, 0] },
  { title: "the first response never pauses", because: "pending from 09:30 stops the resolution at 30 worked, 60 paused; the first response has worked 90",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), becomes(mar(2, "09:30"), "pending")], now: mar(2, "10:30"),
    firstResponse: [mar(2, "11:00"), "running", 90, 0], nextResponses: [], resolution: [null, "paused", 30, 60] },
  { title: "opened on behalf has no first response", because: "staff has spoken in the opening act; the resolution runs: 180 by noon",
    calendar: office, policy: usual, moments: [onBehalf(mar(2, "09:00"))], now: mar(2, "12:00"),
    firstResponse: null, nextResponses: [], resolution: [tuesdayEvening, "running", 180, 0] },
  { title: "opened on behalf, then the customer writes", because: "240 from 13:00 is 17:00",
    calendar: office, policy: usual, moments: [onBehalf(mar(2, "09:00")), says(mar(2, "13:00"), "customer")], now: mar(2, "14:00"),
    firstResponse: null, nextResponses: [[mar(2, "17:00"), "running", 60, 0]], resolution: [tuesdayEvening, "running", 300, 0] },
  { title: "answered at exactly due", because: "due 11:00, answered 11:00: met",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "11:00"), "staff")], now: mar(2, "12:00"),
    firstResponse: [mar(2, "11:00"), "met", 120, 0], nextResponses: [], resolution: [tuesdayEvening, "running", 180, 0] },
  { title: "answered a millisecond late", because: "due 11:00, answered a millisecond after: breached, with 120 minutes and 1 ms worked",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "11:00:00.001"), "staff")], now: mar(2, "12:00"),
    firstResponse: [mar(2, "11:00"), "breached", 120 + 1 / 60_000, 0], nextResponses: [], resolution: [tuesdayEvening, "running", 180, 0] },
  { title: "due when the day ends", because: "120 from 15:30 are used up at 17:30, which is due (not 09:00 next day): 18:00 is late; 120 + 510 + 390 on Wednesday",
    calendar: office, policy: usual, moments: [opened(mar(2, "15:30")), says(mar(2, "18:00"), "staff")], now: mar(2, "18:30"),
    firstResponse: [mar(2, "17:30"), "breached", 120, 0], nextResponses: [], resolution: [mar(4, "15:30"), "running", 120, 0] },
  { title: "later customer messages do not restart the next response", because: "from 10:00, whatever is said at 11:00: due 14:00",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "09:30"), "staff"), says(mar(2, "10:00"), "customer"), says(mar(2, "11:00"), "customer")], now: mar(2, "12:00"),
    firstResponse: [mar(2, "11:00"), "met", 30, 0], nextResponses: [[mar(2, "14:00"), "running", 120, 0]], resolution: [tuesdayEvening, "running", 180, 0] },
  { title: "several next responses in a life", because: "09:20 was answered at 09:50 (due 13:20); 10:00 waits (due 14:00)",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "09:10"), "staff"), says(mar(2, "09:20"), "customer"), says(mar(2, "09:50"), "staff"), says(mar(2, "10:00"), "customer")], now: mar(2, "10:30"),
    firstResponse: [mar(2, "11:00"), "met", 10, 0], nextResponses: [[mar(2, "13:20"), "met", 30, 0], [mar(2, "14:00"), "running", 30, 0]], resolution: [tuesdayEvening, "running", 90, 0] },
  { title: "the customer writes again before the first response", because: "the first response answers both: no next response yet",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "09:30"), "customer")], now: mar(2, "10:00"),
    firstResponse: [mar(2, "11:00"), "running", 60, 0], nextResponses: [], resolution: [tuesdayEvening, "running", 60, 0] },
  { title: "automatic mail and the desk's own words count for nothing", because: "neither the receipt nor staff's vacation mail answers, 09:10 does; the customer's vacation mail asks nothing",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "09:01"), "system"), says(mar(2, "09:05"), "staff", true), says(mar(2, "09:10"), "staff"), says(mar(2, "09:20"), "customer", true)], now: mar(2, "10:00"),
    firstResponse: [mar(2, "11:00"), "met", 10, 0], nextResponses: [], resolution: [tuesdayEvening, "running", 60, 0] },
  { title: "paused twice", because: "worked 9-10, 12-13, 15-16; paused 10-12, 13-15; at 15:00 900 are left: 150 + 510 + 240 on Wednesday; 12:00 + 240 is now, which is not late",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "10:00"), "staff"), becomes(mar(2, "10:00"), "pending"), says(mar(2, "12:00"), "customer"), becomes(mar(2, "12:00"), "open"), becomes(mar(2, "13:00"), "on_hold"), becomes(mar(2, "15:00"), "open")], now: mar(2, "16:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [[mar(2, "16:00"), "running", 240, 0]], resolution: [mar(4, "13:00"), "running", 180, 240] },
  { title: "paused over a weekend", because: "Friday 16:00 to Monday 10:00 are 66 hours by the wall",
    calendar: office, policy: usual, moments: [opened(mar(6, "15:00")), says(mar(6, "16:00"), "staff"), becomes(mar(6, "16:00"), "pending")], now: mar(9, "10:00"),
    firstResponse: [mar(6, "17:00"), "met", 60, 0], nextResponses: [], resolution: [null, "paused", 60, 66 * 60] },
  { title: "a policy in which only on_hold pauses", because: "pending works on: 9-11; on_hold stops at 120",
    calendar: office, policy: { ...usual, pausedIn: ["on_hold"] }, moments: [opened(mar(2, "09:00")), says(mar(2, "10:00"), "staff"), becomes(mar(2, "10:00"), "pending"), becomes(mar(2, "11:00"), "on_hold")], now: mar(2, "12:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [], resolution: [null, "paused", 120, 60] },
  { title: "reopening resumes the resolution", because: "120 before, 46 hours resolved, 60 since; 900 from Wednesday 09:00 are 510 + 390; the reply itself waits since 09:00",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "10:00"), "staff"), becomes(mar(2, "11:00"), "resolved"), says(mar(4, "09:00"), "customer"), becomes(mar(4, "09:00"), "open")], now: mar(4, "10:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [[mar(4, "13:00"), "running", 60, 0]], resolution: [mar(5, "15:30"), "running", 180, 46 * 60] },
  { title: "resolved at exactly due", because: "1020 are used up on Tuesday at 17:30: met; the answer came 900 too late",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(tuesdayEvening, "staff"), becomes(tuesdayEvening, "resolved")], now: mar(6, "12:00"),
    firstResponse: [mar(2, "11:00"), "breached", 1020, 0], nextResponses: [], resolution: [tuesdayEvening, "met", 1020, 0] },
  { title: "resolved a millisecond late", because: "after 17:30 nothing is worked, but due has passed",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "10:00"), "staff"), becomes(mar(3, "17:30:00.001"), "resolved")], now: mar(4, "12:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [], resolution: [tuesdayEvening, "breached", 1020, 0] },
  { title: "reopened with nothing left", because: "nothing is left of 1020, and the next working moment after Saturday is Monday 09:00; resolved for 90.5 hours",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "10:00"), "staff"), becomes(tuesdayEvening, "resolved"), becomes(mar(7, "12:00"), "open")], now: mar(8, "12:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [], resolution: [mar(9, "09:00"), "running", 1020, 5430] },
  { title: "a higher priority re-times from the start", because: "under urgent 30 from 09:00 were over at 09:30; 240 from 09:00 is 13:00",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), ranks(mar(2, "10:00"), "urgent")], now: mar(2, "10:15"),
    firstResponse: [mar(2, "09:30"), "breached", 75, 0], nextResponses: [], resolution: [mar(2, "13:00"), "running", 75, 0] },
  { title: "a recorded breach stays", because: "under normal it would be due at 11:00, but it was breached at 09:30 and that was recorded",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00"), "urgent"), { at: ms(mar(2, "09:30")), what: "breached", clock: "firstResponse", startedAt: ms(mar(2, "09:00")) }, ranks(mar(2, "10:00"), "normal")], now: mar(2, "10:10"),
    firstResponse: [mar(2, "11:00"), "breached", 70, 0], nextResponses: [], resolution: [tuesdayEvening, "running", 70, 0] },
  { title: "a priority after the answer leaves the answer's clock alone", because: "it stopped under normal: 60 of 120; the resolution runs under urgent: 240 from 09:00",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "10:00"), "staff"), ranks(mar(2, "10:30"), "urgent")], now: mar(2, "11:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [], resolution: [mar(2, "13:00"), "running", 120, 0] },
  { title: "Berlin, clocks go forward", because: "01:00-02:00, then 03:00-04:00: 02:00-03:00 does not exist; that Sunday gives 240, the next two 360 each, 60 are left",
    calendar: sundayMorning, policy: usual, moments: [opened("2026-03-29T01:00+01:00")], now: "2026-03-29T03:30+02:00",
    firstResponse: ["2026-03-29T04:00+02:00", "running", 90, 0], nextResponses: [], resolution: ["2026-04-19T01:00+02:00", "running", 90, 0] },
  { title: "Berlin, clocks go back", because: "02:00-03:00 is worked twice: 120 are over when it begins again; that Sunday gives 360 from 01:00, the next 360, 300 are left",
    calendar: sundayMorning, policy: usual, moments: [opened("2026-10-25T01:00+02:00")], now: "2026-10-25T02:30+01:00",
    firstResponse: ["2026-10-25T02:00+01:00", "breached", 150, 0], nextResponses: [], resolution: ["2026-11-08T05:00+01:00", "running", 150, 0] },
  { title: "New York, clocks go forward in a night shift over midnight", because: "60 to midnight, 120 to 02:00, 60 from 03:00; that night gives 360 from 23:00, the next 480, then 120 and 60",
    calendar: nightShift, policy: slow, moments: [opened("2026-03-07T23:00-05:00")], now: "2026-03-08T01:00-05:00",
    firstResponse: ["2026-03-08T04:00-04:00", "running", 120, 0], nextResponses: [], resolution: ["2026-03-22T01:00-04:00", "running", 120, 0] },
  { title: "New York, clocks go back in a night shift over midnight", because: "60 to midnight, 120 to the first 02:00, 60 to the second; that night gives 480, the next 480, 60 are left",
    calendar: nightShift, policy: slow, moments: [opened("2026-10-31T23:00-04:00")], now: "2026-11-01T01:30-05:00",
    firstResponse: ["2026-11-01T02:00-05:00", "running", 210, 0], nextResponses: [], resolution: ["2026-11-14T23:00-05:00", "running", 210, 0] },
  { title: "leap day", because: "29 February 2028 is a Tuesday and worked: 60 + 60; 60 + 510 + 450 on 1 March",
    calendar: office, policy: usual, moments: [opened("2028-02-28T16:30+01:00")], now: "2028-02-29T09:30+01:00",
    firstResponse: ["2028-02-29T10:00+01:00", "running", 90, 0], nextResponses: [], resolution: ["2028-03-01T16:30+01:00", "running", 90, 0] },
  { title: "24:00 ends a day and the next begins", because: "round the clock working time is time: 23:00 + 2 h, + 17 h",
    calendar: roundTheClock, policy: usual, moments: [opened("2026-03-02T23:00Z")], now: "2026-03-03T00:30Z",
    firstResponse: ["2026-03-03T01:00Z", "running", 90, 0], nextResponses: [], resolution: ["2026-03-03T16:00Z", "running", 90, 0] },
  { title: "several intervals a day", because: "30 to noon, 90 from 13:00; Monday 270, Tuesday 420, Wednesday 180 and 150 after lunch",
    calendar: withLunch, policy: usual, moments: [opened(mar(2, "11:30"))], now: mar(2, "12:30"),
    firstResponse: [mar(2, "14:30"), "running", 30, 0], nextResponses: [], resolution: [mar(4, "15:30"), "running", 30, 0] },
  { title: "holidays around a weekend", because: "Friday to Monday are free: 60 on Thursday, 60 on Tuesday; 60 + 510 + 450 on Wednesday",
    calendar: easter, policy: usual, moments: [opened("2026-04-02T16:30+02:00")], now: "2026-04-05T12:00+02:00",
    firstResponse: ["2026-04-07T10:00+02:00", "running", 60, 0], nextResponses: [], resolution: ["2026-04-08T16:30+02:00", "running", 60, 0] },
  { title: "nothing is promised for low", because: "a priority without targets has no clocks",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00"), "low"), says(mar(2, "09:30"), "staff"), says(mar(2, "09:40"), "customer")], now: mar(2, "10:00"),
    firstResponse: null, nextResponses: [], resolution: null },
  { title: "only a first response is promised for high", because: "60 from 09:00; the other targets are empty",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00"), "high"), says(mar(2, "09:30"), "staff"), says(mar(2, "09:40"), "customer")], now: mar(2, "10:30"),
    firstResponse: [mar(2, "10:00"), "met", 30, 0], nextResponses: [], resolution: null },
  { title: "resolved, then closed", because: "closing a resolved ticket moves no clock: it stopped at 10:00",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), says(mar(2, "09:30"), "staff"), becomes(mar(2, "10:00"), "resolved"), becomes(mar(9, "10:00"), "closed")], now: mar(10, "10:00"),
    firstResponse: [mar(2, "11:00"), "met", 30, 0], nextResponses: [], resolution: [tuesdayEvening, "met", 60, 0] },
  { title: "closed without a word", because: "nothing is left to answer or to solve: both clocks stop at 10:00, in time",
    calendar: office, policy: usual, moments: [opened(mar(2, "09:00")), becomes(mar(2, "10:00"), "closed")], now: mar(6, "10:00"),
    firstResponse: [mar(2, "11:00"), "met", 60, 0], nextResponses: [], resolution: [tuesdayEvening, "met", 60, 0] },
];
