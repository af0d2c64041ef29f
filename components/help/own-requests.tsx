import Link from "next/link";
import { RequestRow } from "@/components/portal/request-row.tsx";
import type { CustomerTicket } from "@/lib/tickets/view.ts";

/** The newest requests of this reader, on the start page. */
export function OwnRequests({ tickets, more }: { tickets: CustomerTicket[]; more: boolean }) {
  return (
    <section aria-labelledby="own-title" className="rounded-xl border bg-surface p-2 shadow-raised">
      <div className="flex items-baseline justify-between px-4 pt-2.5 pb-1">
        <h2 id="own-title" className="text-sm font-semibold">Your requests</h2>
        <Link href="/my" className="rounded-sm text-sm text-accent-text hover:underline">{more ? "See all" : "Open the list"}</Link>
      </div>
      <ul>{tickets.map((ticket) => <li key={ticket.id}><RequestRow ticket={ticket} brief /></li>)}</ul>
    </section>
  );
}
