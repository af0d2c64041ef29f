import { addressVerified, linkRequested, personInvited, resetRequested, signUpRepeated, ticketAssigned, ticketBreached, ticketBreachRepeated, ticketClosed, ticketEscalated, ticketLetterBounced, ticketNoted, ticketNudged, ticketRated, ticketReminded, ticketReplied, ticketResolved } from "../../lib/facts.ts";
import { sendHeld, tell, writeAboutTicket, writeToPerson } from "../../lib/notifications/service.ts";
import { timeTicket } from "../../lib/sla/service.ts";
import { inngest } from "../client.ts";
import { hintOf } from "./watch.ts";

/** A reply goes out to the customer, or is told to the owner, and starts or stops clocks: one run for all. */
export const mailReply = () =>
  inngest().createFunction({ id: "mail-reply", retries: 10, triggers: [ticketReplied] }, async ({ event }) => {
    for (const outcome of await Promise.allSettled([writeAboutTicket(event.data.rowId), tell(event.data.rowId), timeTicket(event.data.subjectId).then(hintOf)])) if (outcome.status === "rejected") throw outcome.reason;
  });

/** Staff are told in the page, by mail and in Slack; whom and how stands in the room's table. */
export const tellStaff = () =>
  inngest().createFunction({ id: "tell-staff", retries: 10, triggers: [ticketAssigned, ticketNoted, ticketEscalated, ticketReminded, ticketBreached, ticketBreachRepeated, ticketLetterBounced, ticketRated] }, ({ event }) => tell(event.data.rowId));

/** The customer learns of what became of their request, where no reply says it. */
export const mailRequester = () =>
  inngest().createFunction({ id: "mail-requester", retries: 10, triggers: [ticketResolved, ticketNudged, ticketClosed] }, ({ event }) => writeAboutTicket(event.data.rowId));

export const mailPerson = () =>
  inngest().createFunction({ id: "mail-person", retries: 10, triggers: [linkRequested, resetRequested, personInvited, signUpRepeated] }, ({ event }) => writeToPerson(event.data.rowId));

export const mailHeld = () => inngest().createFunction({ id: "mail-what-was-held", retries: 10, triggers: [addressVerified] }, ({ event }) => sendHeld(event.data.subjectId));
