import type { EventRow } from "../events.ts";
import type { MailChoice, NoticeKind } from "./schema.ts";

/**
 * Whom a line names. owner: whose ticket it is · new owner: to whom it was given, while they have it · manager: of its queue, else the first on duty · owner or manager: the
 * manager only while nobody owns it · mentioned: named in the note · engineers: all who are active
 */
export type Relation = "owner" | "new owner" | "manager" | "owner or manager" | "mentioned" | "engineers";

type Line = {
  row: string;
  /** Absent: every row of this type. */
  when?: (row: Pick<EventRow, "actor" | "data">) => boolean;
  kind: NoticeKind;
  to: readonly Relation[];
};

/** A score up to which a rating is low. */
export const lowScore = 2;

/** From what happened to whom is told what. What the desk itself escalates is told by the breach, or the assignment, that goes with it. */
export const table: readonly Line[] = [
  { row: "ticket/assigned", kind: "assigned", to: ["new owner"] },
  { row: "ticket/noted", when: ({ data }) => Array.isArray(data.mentions), kind: "mention", to: ["mentioned"] },
  { row: "ticket/replied", when: ({ data }) => data.side === "customer", kind: "customer-replied", to: ["owner"] },
  { row: "ticket/escalated", when: ({ data }) => data.to === "engineering", kind: "escalated", to: ["engineers"] },
  { row: "ticket/escalated", when: ({ data, actor }) => data.to === "manager" && actor.kind !== "system", kind: "escalated", to: ["manager"] },
  { row: "ticket/reminded", kind: "reminder", to: ["owner or manager"] },
  { row: "ticket/breached", kind: "breach", to: ["owner", "manager"] },
  { row: "ticket/breach-repeated", kind: "breach-repeated", to: ["manager"] },
  { row: "ticket/rated", when: ({ data }) => typeof data.score === "number" && data.score <= lowScore, kind: "low-rating", to: ["manager", "owner"] },
  { row: "ticket/letter-bounced", kind: "bounced", to: ["owner"] },
];

/**
 * By which way each kind goes beside the page. mail: until a person chooses otherwise · gathered: waits for the digest
 * of those who have one · slack: once an event, to the desk's channel
 */
export const ways: Readonly<Record<NoticeKind, { mail: MailChoice; gathered: boolean; slack: boolean }>> = {
  assigned: { mail: "away", gathered: true, slack: false },
  mention: { mail: "always", gathered: false, slack: false },
  "customer-replied": { mail: "away", gathered: true, slack: false },
  escalated: { mail: "always", gathered: true, slack: false },
  reminder: { mail: "always", gathered: false, slack: true },
  breach: { mail: "always", gathered: false, slack: true },
  "breach-repeated": { mail: "always", gathered: false, slack: true },
  "low-rating": { mail: "always", gathered: true, slack: true },
  bounced: { mail: "always", gathered: true, slack: false },
};

/** What a row tells, and whom by their relation to the ticket; nothing for most rows. */
export const told = (row: Pick<EventRow, "type" | "actor" | "data">): Line[] => table.filter((line) => line.row === row.type && (line.when?.(row) ?? true));
