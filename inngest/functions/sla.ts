import { calendarChanged, policyChanged, policyCreated, policyDeleted, ticketCategoryChanged, ticketClosed, ticketPriorityChanged, ticketReopened, ticketResolved, ticketStatusChanged } from "../../lib/facts.ts";
import { timeTicket, timeUnsolved } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";

/** Something that moves a clock, other than words: those are timed in the runs that mail them. */
export const keepClocks = () =>
  inngest().createFunction({ id: "keep-clocks", retries: 10, triggers: [ticketStatusChanged, ticketResolved, ticketReopened, ticketClosed, ticketPriorityChanged, ticketCategoryChanged] }, ({ event }) => timeTicket(event.data.subjectId));

/** The rules changed: every clock that still matters is computed anew, a page a step, so that a kill repeats a page at most. */
export const retime = () =>
  inngest().createFunction({ id: "time-by-new-rules", retries: 10, triggers: [calendarChanged, policyCreated, policyChanged, policyDeleted] }, async ({ step }) => {
    for (let after: string | null = "", page = 1; after !== null; page += 1) {
      const from: string = after;
      after = await step.run(`page ${page}`, () => timeUnsolved(from));
    }
  });
