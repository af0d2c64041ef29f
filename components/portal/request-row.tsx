import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time.tsx";
import type { CustomerTicket } from "@/lib/tickets/view.ts";
import { StateLine } from "./state-line.tsx";
import { hasNews, stateOf } from "./words.ts";

/** One request in a list: subject, the newest words, whose turn, and whether there is news. */
export function RequestRow({ ticket, brief = false }: { ticket: CustomerTicket; brief?: boolean }) {
  const speaker = ticket.latest.by === "customer" ? "You: " : ticket.latest.by === "staff" && ticket.assignee ? `${ticket.assignee.name}: ` : "";
  return (
    <Link href={`/my/${ticket.id}`} className="focus-inset group block rounded-md px-4 py-3.5 hover:bg-hover">
      <span className="flex items-baseline gap-3">
        <span className={`min-w-0 flex-1 [overflow-wrap:anywhere] line-clamp-2 ${hasNews(ticket) ? "font-bold" : "font-medium"} group-hover:underline group-hover:decoration-line-strong group-hover:underline-offset-3`}>
          {ticket.subject}
        </span>
        <RelativeTime at={ticket.latest.at} className="shrink-0 text-xs text-ink-3" />
      </span>
      {brief ? null : <span className="mt-0.5 line-clamp-1 text-sm text-ink-2 [overflow-wrap:anywhere]">{speaker}{ticket.latest.snippet}</span>}
      <span className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1">
        <StateLine state={stateOf(ticket)} />
        {hasNews(ticket) ? <span className="rounded-sm bg-accent px-1.5 text-xs font-semibold text-accent-ink">New</span> : null}
        <span className="ml-auto text-xs text-ink-3" data-numeric>#{ticket.number}</span>
      </span>
    </Link>
  );
}
