// Due, worked, paused, breached: the pure rules of service levels.
export { addWorking, hasWorkingTime, workedBetween, type Hours } from "./calendar.ts";
export { clocksOf, leadOf, type Clock, type Clocks, type ClockState } from "./clocks.ts";
export { actsOf, type Periods } from "./acts.ts";
export { copyOf, lookBy, policyFor, timed, type Rules } from "./copy.ts";
export { usualRules } from "./usual.ts";
export { explained } from "./words.ts";
export { momentsOf, type ClockName, type Moment } from "./history.ts";
export { inHours, inWorkingWords, minutesADay, minutesIn, typicalDay } from "./durations.ts";
