import type { Happened } from "../events.ts";
import { Priority, Status, type Ticket } from "../tickets/schema.ts";

export type ClockName = "firstResponse" | "nextResponse" | "resolution";

/** What in a ticket's life starts, stops or re-times a clock; `at` in milliseconds since 1970. */
export type Moment = { at: number } & (
  | { what: "opened"; priority: Priority; onBehalf: boolean }
  | { what: "message"; side: "customer" | "staff" | "system"; automatic: boolean }
  | { what: "status"; status: Status }
  | { what: "priority"; priority: Priority }
  | { what: "breached"; clock: ClockName; startedAt: number }
);

/** Types of the rows that `momentsOf` reads. */
export const telling = ["ticket/opened", "ticket/replied", "ticket/status-changed", "ticket/resolved", "ticket/reopened", "ticket/closed", "ticket/priority-changed", "ticket/breached"];

/** The moments of a ticket from its event rows, in order. Rows of other types move no clock. */
export function momentsOf(ticket: Pick<Ticket, "priority" | "openedBy" | "requester">, rows: readonly Happened[]): Moment[] {
  const firstPriority = rows.find((row) => row.type === "ticket/priority-changed")?.data.from ?? ticket.priority;
  const onBehalf = ticket.openedBy.kind === "person" && ticket.openedBy.id !== ticket.requester.id;
  return rows.flatMap((row): Moment[] => {
    const at = row.at.getTime();
    switch (row.type) {
      case "ticket/opened": return [{ at, what: "opened", priority: Priority.parse(firstPriority), onBehalf }];
      case "ticket/replied": return [{ at, what: "message", side: row.data.side as "customer" | "staff" | "system", automatic: row.data.automatic === true }];
      case "ticket/status-changed": return [{ at, what: "status", status: Status.parse(row.data.to) }];
      case "ticket/resolved": return [{ at, what: "status", status: "resolved" }];
      case "ticket/reopened": return [{ at, what: "status", status: "open" }];
      case "ticket/closed": return [{ at, what: "status", status: "closed" }];
      case "ticket/priority-changed": return [{ at, what: "priority", priority: Priority.parse(row.data.to) }];
      case "ticket/breached": return [{ at, what: "breached", clock: row.data.clock as ClockName, startedAt: Date.parse(String(row.data.startedAt)) }];
      default: return [];
    }
  });
}
