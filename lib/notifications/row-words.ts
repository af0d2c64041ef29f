import type { deskSettings, letterTo } from "../auth/service.ts";
import { clockName } from "../clock-words.ts";
import { now } from "../clock.ts";
import type { EventRow } from "../events.ts";
import { lasted, moment } from "../spoken-time.ts";
import type { LetterKind } from "./schema.ts";

export type Addressee = NonNullable<Awaited<ReturnType<typeof letterTo>>>;
export type Desk = Awaited<ReturnType<typeof deskSettings>>;

/** "Monday 09:40 (Europe/Berlin)": in a letter nobody knows whose clock is meant. */
export const moments = (ms: number, { timeZone }: Pick<Desk, "timeZone">): string => `${moment(ms, timeZone, now().getTime())} (${timeZone.replaceAll("_", " ")})`;

const levels: Record<string, string> = { l1: "the first level", engineering: "engineering", manager: "a manager" };
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Who did it, by name; null for a rule of the desk. */
export const doerOf = ({ actor }: EventRow): string | null => (actor.kind === "system" ? null : actor.name);
export const levelOf = ({ data }: EventRow): string => levels[text(data.to)] ?? text(data.to);

/** A row about a clock in words: which, when it was due, how much is left (null: nothing), and how late the row is. */
export function clockOf({ data, at }: EventRow, desk: Desk) {
  const due = Date.parse(text(data.dueAt));
  const left = due - now().getTime();
  const lateMs = typeof data.lateMs === "number" ? data.lateMs : 0;
  return {
    clock: clockName(data.clock),
    due: Number.isNaN(due) ? "a time that is past" : moments(due, desk),
    left: left >= 60_000 ? lasted(left) : null,
    late: lateMs >= 60_000 ? lasted(lateMs) : null,
    reminderIsLate: Boolean(data.late),
    since: lasted(Math.max(0, at.getTime() - due || 0)),
    times: typeof data.times === "number" ? data.times : 1,
  };
}

/** A rating in a row; the comment is null where none was given. */
export const ratingOf = ({ data }: EventRow) => ({ score: typeof data.score === "number" ? data.score : 1, comment: text(data.comment) || null });

/** What a row says of a mail that came back. */
export const bounceOf = ({ data }: EventRow) => ({ address: text(data.address), reason: text(data.reason) || null, complained: data.complained === true });

/** Why a letter was written, in one sentence, for whoever reads the ledger. Says no word of a thread. */
export function whyOf(kind: LetterKind, row: EventRow | null): string {
  const by = row ? (doerOf(row) ?? "The desk") : "The desk";
  const clock = clockName(row?.data.clock);
  switch (kind) {
    case "receipt": return "The request was opened.";
    case "reply": return `${by} replied.`;
    case "resolved": return `${by} resolved it without a reply.`;
    case "closing-soon": return "It is solved, has been quiet, and will be closed.";
    case "closed": return `${by} closed it.`;
    case "link": return "Somebody asked for a link to sign in with this address.";
    case "reset": return "Somebody asked for a new password for this address.";
    case "invitation": return `${by} invited this person.`;
    case "already-registered": return "Somebody signed up with an address that has an account.";
    case "assigned": return "The ticket is theirs now.";
    case "mention": return `${by} mentioned them in a note.`;
    case "customer-replied": return "The customer replied.";
    case "escalated": return `The ticket was moved to ${row ? levelOf(row) : "another level"}.`;
    case "reminder": return `The time for the ${clock} runs out.`;
    case "breach": return `The ${clock} is late.`;
    case "breach-repeated": return `The ${clock} is still late, and nobody has acted.`;
    case "low-rating": return `The customer gave ${row ? ratingOf(row).score : 1} of 5.`;
    case "bounced": return "A mail to the customer did not arrive.";
    case "digest": return "They get one mail instead of many.";
  }
}
