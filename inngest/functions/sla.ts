import { calendarChanged, policyChanged, policyCreated, policyDeleted, settingsChanged, ticketCategoryChanged, ticketClosed, ticketPriorityChanged, ticketReopened, ticketResolved, ticketStatusChanged } from "../../lib/facts.ts";
import { movedBy, rulesStandMs, timeAnew, timeTicket } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";
import { hint, hintOf } from "./watch.ts";

/** Something that moves a clock, other than words: those are timed in the runs that mail them. */
export const keepClocks = () =>
  inngest().createFunction({ id: "keep-clocks", retries: 10, triggers: [ticketStatusChanged, ticketResolved, ticketReopened, ticketClosed, ticketPriorityChanged, ticketCategoryChanged] }, async ({ event }) => {
    await hintOf(await timeTicket(event.data.subjectId));
  });

/**
 * The rules changed: every clock that still matters is computed anew, a thousand a step, so that a kill repeats no
 * more; what is due by the new rules is then done by the watch. Begins when nobody computes by the former rules any more.
 */
export const retime = () =>
  inngest().createFunction({ id: "time-by-new-rules", retries: 10, triggers: [calendarChanged, policyCreated, policyChanged, policyDeleted, settingsChanged] }, async ({ event, step }) => {
    const statuses = await step.run("whom it moves", () => movedBy(event.data.rowId));
    if (statuses.length === 0) return;
    await step.sleep("the former rules are forgotten", 2 * rulesStandMs);
    for (let after: string | null = "", thousand = 1; after !== null; thousand += 1) {
      const from: string = after;
      after = await step.run(`thousand ${thousand}`, () => timeAnew(statuses, from));
    }
    await step.sendEvent("what is due now", hint);
  });
