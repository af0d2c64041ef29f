import { addressVerified, linkRequested, personInvited, resetRequested, signUpRepeated, ticketReplied } from "../../lib/facts.ts";
import { sendHeld, writeAboutTicket, writeToPerson } from "../../lib/notifications/service.ts";
import { inngest } from "../client.ts";

export const mailReply = () =>
  inngest().createFunction({ id: "mail-reply", retries: 10, triggers: [ticketReplied] }, ({ event }) => writeAboutTicket(event.data.rowId));

export const mailPerson = () =>
  inngest().createFunction({ id: "mail-person", retries: 10, triggers: [linkRequested, resetRequested, personInvited, signUpRepeated] }, ({ event }) => writeToPerson(event.data.rowId));

export const mailHeld = () => inngest().createFunction({ id: "mail-what-was-held", retries: 10, triggers: [addressVerified] }, ({ event }) => sendHeld(event.data.subjectId));
