import { addressVerified, linkRequested, personInvited, resetRequested, signUpRepeated, ticketReplied } from "../../lib/facts.ts";
import { sendHeld, writeAboutTicket, writeToPerson } from "../../lib/notifications/service.ts";
import { timeTicket } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";

/** A reply goes out, and starts or stops clocks: one run for both. */
export const mailReply = () =>
  inngest().createFunction({ id: "mail-reply", retries: 10, triggers: [ticketReplied] }, async ({ event }) => {
    for (const outcome of await Promise.allSettled([writeAboutTicket(event.data.rowId), timeTicket(event.data.subjectId)])) if (outcome.status === "rejected") throw outcome.reason;
  });

export const mailPerson = () =>
  inngest().createFunction({ id: "mail-person", retries: 10, triggers: [linkRequested, resetRequested, personInvited, signUpRepeated] }, ({ event }) => writeToPerson(event.data.rowId));

export const mailHeld = () => inngest().createFunction({ id: "mail-what-was-held", retries: 10, triggers: [addressVerified] }, ({ event }) => sendHeld(event.data.subjectId));
