"use client";
import { ChevronRight } from "lucide-react";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";

const outcomes = { assigned: "Assigned", waiting: "Waiting for somebody free", escalated: "Given to a manager" } as const;

/** The routing decision and its reason; opened, everybody who was considered and why they were passed over. */
export function RoutingWhy({ ticket }: { ticket: StaffTicket }) {
  const { routing } = ticket;
  if (routing === null) return <Skeleton className="w-full" />; // what a list knows of a ticket leaves it out
  if (!routing.outcome) return <p className="text-sm text-ink-2">{routing.state === "waiting" ? "Routing looks for an owner now." : "No rule placed it; a person did."}</p>;
  return (
    <div className="text-sm">
      <p className="text-ink wrap-anywhere">{routing.why}</p>
      <p className="mt-1 text-xs text-ink-3">{outcomes[routing.outcome]} by routing{routing.at && <>, <RelativeTime at={routing.at} /></>}</p>
      {routing.considered.length > 0 && (
        <details className="group mt-2">
          <summary className="-ml-1 inline-flex list-none items-center gap-1 rounded-xs pr-1 text-xs font-medium text-accent-text">
            <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
            Who was considered ({routing.considered.length + routing.passedOverMore})
          </summary>
          <ul className="mt-2 space-y-2">
            {routing.considered.map((one) => (
              <li key={one.id} className="grid grid-cols-[1.25rem_1fr_auto] items-start gap-x-2">
                <Avatar name={one.name} side="staff" size="xs" />
                <span className="min-w-0">
                  <span className="block truncate text-xs font-medium">{one.name}</span>
                  <span className={one.passedOver ? "block text-xs text-ink-3" : "block text-xs font-medium text-good-text"}>{one.passedOver ?? "✓ chosen"}</span>
                </span>
                <span data-numeric className="text-xs text-ink-3" title={`${one.open} of ${one.capacity} tickets`}>{one.open}/{one.capacity}</span>
              </li>
            ))}
            {routing.passedOverMore > 0 && <li className="text-xs text-ink-3">and {routing.passedOverMore} more, for the same reasons</li>}
          </ul>
        </details>
      )}
    </div>
  );
}
