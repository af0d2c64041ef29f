// Service levels: calendars, policies, and the clocks of tickets.
// Promises: a clock is a pure function of a ticket's events, its policy, the calendar and now; a desk always has one
// default policy; a calendar in which nobody would ever work is refused; a queue has one policy at most.
export { addCalendar, addPolicy, calendarsFor, changeCalendar, changePolicy, deleteCalendar, deletePolicy, policiesFor, promiseTheUsual } from "./promises.ts";
export { clocksFor, restoreRules, timeLeftBehind, timeTicket, timeUnsolved } from "./timing.ts";
