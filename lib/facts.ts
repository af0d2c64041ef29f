import { eventType } from "inngest";
import { z } from "zod";

/** What every announced row carries: the row (read it for the rest), its subject, and when. Ids only, never words. */
const Payload = z.object({ rowId: z.string(), subjectId: z.string() });
const fact = <N extends string>(name: N) => eventType(name, { schema: Payload });

/** The map of consequences: facts in the past tense, and who listens to each. */
//                                                                      jobs that listen · the page always does
export const ticketOpened = fact("ticket/opened"); //                   routing, mail and sla, in one run
export const ticketReplied = fact("ticket/replied"); //                 mail and sla, in one run
export const ticketNeedsOwner = fact("ticket/needs-owner"); //          routing
export const ticketResolved = fact("ticket/resolved"); //               routing (a seat became free) · sla · mail
export const ticketReopened = fact("ticket/reopened"); //               sla
export const ticketClosed = fact("ticket/closed"); //                   sla · mail
export const ticketStatusChanged = fact("ticket/status-changed"); //    sla
export const ticketPriorityChanged = fact("ticket/priority-changed"); // sla
export const ticketCategoryChanged = fact("ticket/category-changed"); // sla (another queue may have another policy)
export const ticketNoted = fact("ticket/noted"); //                     who is told (mentions)
export const ticketAssigned = fact("ticket/assigned"); //               who is told
export const ticketEscalated = fact("ticket/escalated"); //             who is told
export const ticketReminded = fact("ticket/reminded"); //               who is told
export const ticketBreached = fact("ticket/breached"); //               who is told
export const ticketBreachRepeated = fact("ticket/breach-repeated"); //  who is told
export const ticketLetterBounced = fact("ticket/letter-bounced"); //    who is told
export const ticketNudged = fact("ticket/nudged"); //                   mail
export const ticketRated = fact("ticket/rated"); //                     who is told
export const calendarChanged = fact("calendar/changed"); //             sla
export const policyCreated = fact("policy/created"); //                 sla
export const policyChanged = fact("policy/changed"); //                 sla
export const policyDeleted = fact("policy/deleted"); //                 sla
export const settingsChanged = fact("settings/changed"); //             sla (the periods of reminders, repetition and closing)
export const personBecameFree = fact("person/became-free"); //          routing
export const personDeactivated = fact("person/deactivated"); //         routing
export const personInvited = fact("person/invited"); //                 mail
export const linkRequested = fact("person/link-requested"); //          mail
export const resetRequested = fact("person/reset-requested"); //        mail
export const signUpRepeated = fact("person/sign-up-repeated"); //       mail
export const addressVerified = fact("person/address-verified"); //      mail (what was held)

/** Of rows that tell staff (lib/notifications/table.ts): those that have nobody to tell, so that no run is started for them. A test holds the two together. */
const ofNoConcern: Readonly<Record<string, (row: Happened) => boolean>> = {
  "ticket/noted": ({ data }) => !Array.isArray(data.mentions),
  "ticket/assigned": ({ data, actor }) => data.to === actor.id,
  "ticket/escalated": ({ data, actor }) => data.to === "l1" || (data.to === "manager" && actor.kind === "system"),
};
type Happened = { type: string; actor: { kind: string; id: string }; data: Record<string, unknown> };

const heard: ReadonlySet<string> = new Set(
  [ticketOpened, ticketReplied, ticketNeedsOwner, ticketResolved, ticketReopened, ticketClosed, ticketNoted, ticketAssigned, ticketEscalated, ticketReminded, ticketBreached, ticketBreachRepeated, ticketLetterBounced, ticketNudged, ticketRated, ticketStatusChanged, ticketPriorityChanged, ticketCategoryChanged, calendarChanged, policyCreated, policyChanged, policyDeleted, settingsChanged, personBecameFree, personDeactivated, personInvited, linkRequested, resetRequested, signUpRepeated, addressVerified].map(({ name }) => name),
);

/** Whether jobs hear of a row; all others are only shown and published to open pages. */
export const heardByJobs = (row: Happened): boolean => heard.has(row.type) && !ofNoConcern[row.type]?.(row);

/** No fact but a hint, of which nothing depends: the desk is to act on some ticket before the watch looks again. */
export const clocksSoon = eventType("clocks/soon", { schema: z.object({}) });
