// Service levels: calendars, policies, and the clocks of tickets.
// Promises: a clock is a pure function of a ticket's events, its policy, the calendar and now; what the desk does when
// time has come (remind, record a breach, nudge, close) is written once, with the ticket, however late and however
// often it is asked for; a desk always has one default policy; a calendar in which nobody would ever work is refused;
// a queue has one policy at most.
export { addCalendar, addPolicy, calendarsFor, changeCalendar, changePolicy, deleteCalendar, deletePolicy, policiesFor, promiseTheUsual } from "./promises.ts";
export { calendarsToRead, holidaysOfFile, readAgain, readDaily } from "./reading.ts";
export { previewFor } from "./preview.ts";
export { whatIf } from "./what-if.ts";
export { clocksFor, movedBy, restoreRules, timeAnew, timeTicket } from "./timing.ts";
export { scheduleFor } from "./schedule.ts";
export { rulesStandMs } from "./repo.ts";
export { actOnTime, comesBeforeNextLook, timeLeftBehind } from "./watch.ts";
