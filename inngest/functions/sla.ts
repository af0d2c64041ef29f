import { ticketCategoryChanged, ticketClosed, ticketPriorityChanged, ticketReopened, ticketResolved, ticketStatusChanged } from "../../lib/facts.ts";
import { timeTicket } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";

/** Something that moves a clock, other than words: those are timed in the runs that mail them. */
export const keepClocks = () =>
  inngest().createFunction({ id: "keep-clocks", retries: 10, triggers: [ticketStatusChanged, ticketResolved, ticketReopened, ticketClosed, ticketPriorityChanged, ticketCategoryChanged] }, ({ event }) => timeTicket(event.data.subjectId));
