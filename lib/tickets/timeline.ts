import { clockName } from "../clock-words.ts";
import type { EventRow } from "../events.ts";
import { scoreWord } from "../score-words.ts";
import { again } from "../spoken-time.ts";
import type { TimelineEntry } from "./view.ts";

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : "");
const statusWords: Record<string, string> = { new: "new", open: "in progress", pending: "waiting for the customer", on_hold: "on hold", resolved: "resolved", closed: "closed" };
const levelWords: Record<string, string> = { l1: "first level", engineering: "engineering", manager: "a manager" };
const status = (value: unknown) => statusWords[text(value)] ?? text(value);
const list = (value: unknown) => (Array.isArray(value) && value.length > 0 ? value.map(text).join(", ") : "none");

const sentences: Record<string, (row: EventRow) => string> = {
  "ticket/opened": ({ data }) => (data.follows ? `opened this ticket as a follow-up to #${text(data.follows)}` : "opened this ticket"),
  "ticket/replied": () => "replied",
  "ticket/noted": () => "wrote a private note",
  "ticket/status-changed": ({ data }) => `changed the status from ${status(data.from)} to ${status(data.to)}`,
  "ticket/reopened": () => "reopened the ticket",
  "ticket/resolved": () => "resolved the ticket",
  "ticket/closed": () => "closed the ticket",
  "ticket/rated": ({ data }) => `rated the solution ${text(data.score)} of 5, ${scoreWord(Number(data.score)).toLowerCase()}${data.comment ? `: “${text(data.comment)}”` : ""}`,
  "ticket/categorised": ({ data }) => `put the ticket into ${text(data.to)}${data.queue ? `, queue ${text(data.queue)}` : ""}`,
  "ticket/category-changed": ({ data }) => `changed the category from ${text(data.from)} to ${text(data.to)}`,
  "ticket/priority-changed": ({ data }) => `changed the priority from ${text(data.from)} to ${text(data.to)}`,
  "ticket/tags-changed": ({ data }) => `changed the tags from ${list(data.from)} to ${list(data.to)}`,
  "ticket/assigned": ({ data }) => `assigned the ticket to ${text(data.name)}`,
  "ticket/unassigned": () => "sent the ticket back to its queue",
  "ticket/needs-owner": () => "asked for a new owner",
  "ticket/browser-ended": () => "closed the ticket to the browser that it was opened in",
  "ticket/letter-bounced": ({ data }) => `learned that our mail to ${text(data.address)} ${data.complained ? "was called unwanted" : "came back"}${data.reason ? `: ${text(data.reason)}` : ""}`,
  "ticket/escalated": ({ data }) => `moved the ticket from ${levelWords[text(data.from)] ?? text(data.from)} to ${levelWords[text(data.to)] ?? text(data.to)}`,
  "ticket/reminded": ({ data }) => `reminded of the ${clockName(data.clock)}`,
  "ticket/breached": ({ data }) => `recorded that the ${clockName(data.clock)} is late`,
  "ticket/breach-repeated": ({ data }) => `reminded a manager of the late ${clockName(data.clock)}, ${again(Number(data.times))}`,
  "ticket/nudged": () => "told the customer that the ticket will be closed",
};

/** A row in words. Customers get the public number, no reason (reasons are written for staff), and no ids of staff. */
export function toEntry(row: EventRow, staff: boolean): TimelineEntry {
  return {
    id: row._id,
    seq: staff ? row.seq : (row.publicSeq ?? 0),
    type: row.type,
    actor: { kind: row.actor.kind, name: row.actor.name },
    text: sentences[row.type]?.(row) ?? row.type,
    why: staff ? row.why : null,
    at: row.at.toISOString(),
  };
}
