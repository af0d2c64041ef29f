import { usualSettings } from "../../lib/auth/rules.ts";
import { people, queues } from "../../lib/auth/repo.ts";
import { closeDatabase } from "../../lib/db.ts";
import { lookBy } from "../../lib/sla/copy.ts";
import { restore, type History } from "../../lib/tickets/restore.ts";
import { onAssign, onReply, unlookedAt, type Act } from "../../lib/tickets/rules.ts";
import type { Api } from "../support/running-desk.ts";
import { openDatabase, rulesIn } from "./seed.ts";

const always = [{ from: "00:00", to: "24:00" }];
export const targets = { firstResponseMinutes: 240, nextResponseMinutes: 240, resolutionMinutes: 525_600 };

/** Gives the desk one promise, by day and night: four hours for a response, a year for the solution. Answers the policy's id. */
export async function promiseDayAndNight(admin: Api): Promise<string> {
  const calendar = await admin("POST", "/calendars", { name: "Day and night", timeZone: "UTC", weekdays: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always } });
  const { items } = await admin<{ items: { id: string; default: boolean }[] }>("GET", "/sla-policies");
  const id = items.find((policy) => policy.default)?.id ?? "";
  await admin("PATCH", `/sla-policies/${id}`, { calendarId: calendar.id, targets: { low: targets, normal: targets, high: targets, urgent: targets } });
  return id;
}

/** Writes tickets that somebody owns and nobody has answered last: their response clock runs since the moment that `startsAt` gives each. */
export async function seedOpen(mongodb: string, count: number, startsAt: (index: number) => Date): Promise<void> {
  openDatabase(mongodb);
  const [customer, agent, queue] = [await people().findOne({ roles: "customer" }), await people().findOne({ roles: "agent" }), await queues().findOne({})];
  if (!customer || !agent || !queue) throw new Error("a desk has people and queues");
  const at = new Date();
  const timed = { look: lookBy({ ...(await rulesIn(mongodb)), periods: usualSettings }, at), at };
  const by = (person: typeof customer, side: Act["side"], ms: number): Act => ({ by: { kind: "person", id: person._id, name: person.name }, side, at: new Date(ms) });
  const say = (body: string) => ({ body: `${body} We look at the invoice of this month, the seats in it, and the refund of the difference.`, visibility: "public" as const, once: null });
  const historyOf = (index: number): History => {
    const asked = startsAt(index).getTime();
    const [opening, giving, answering, asking] = [by(customer, "customer", asked - 3_600_000), by(agent, "staff", asked - 3_500_000), by(agent, "staff", asked - 3_000_000), by(customer, "customer", asked)];
    return {
      opening: { subject: `Open ${index}`, body: "The invoice lists two seats more than we have.", channel: "portal", requester: { id: customer._id, name: customer.name, email: customer.email }, visitor: null, category: unlookedAt, priority: "normal", tags: [], follows: null },
      openedBy: opening,
      acts: [
        { act: giving, decide: (ticket) => onAssign(ticket, { id: agent._id, name: agent.name }, giving, { set: { queueId: queue._id } }) },
        { act: answering, decide: (ticket) => onReply(ticket, say("Thank you for writing."), answering) },
        { act: asking, decide: (ticket) => onReply(ticket, say("And now?"), asking) },
      ],
    };
  };
  for (let from = 0; from < count; from += 500) await restore(Array.from({ length: Math.min(500, count - from) }, (_, index) => historyOf(from + index)), new Map(), timed);
  await closeDatabase();
}
