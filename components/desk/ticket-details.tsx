"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Badge } from "../ui/badge.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { StatusMark, statusWords } from "../ui/status-badge.tsx";
import { Clocks } from "./clocks.tsx";
import { Letters } from "./letters.tsx";
import { usePlace } from "./place.ts";
import { Properties } from "./properties.tsx";
import { Rating } from "./rating.tsx";
import { inboxOptions, ticketOptions, usePrefetchTicket } from "./queries.ts";
import { RoutingWhy } from "./routing-why.tsx";
import { Timeline } from "./timeline.tsx";

/** What surrounds a ticket: who asks, what it is, why it is here, what happened. */
export function TicketDetails({ ticketId }: { ticketId: string }) {
  const { data: ticket, isError } = useQuery(ticketOptions(ticketId));
  if (!ticket && isError) return null;
  if (!ticket) return <div role="status" className="space-y-4 p-5"><span className="sr-only">Loading details</span><Skeleton className="h-8 w-40" /><Skeleton className="w-full" /><Skeleton className="w-3/4" /></div>;
  return (
    <div className="divide-y">
      <Customer ticket={ticket} />
      <Section title="Properties"><Properties ticket={ticket} /></Section>
      {ticket.rating ? <Section title="Rating"><Rating rating={ticket.rating} resolvedAt={ticket.resolvedAt} /></Section> : null}
      <Section title="Service levels">
        <Clocks ticketId={ticketId} />
        {ticket.may.schedule ? <Link href={`/settings/jobs/tickets/${ticketId}`} className="mt-3 inline-block rounded-sm text-xs text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">What the desk does next</Link> : null}
      </Section>
      <Section title="Why it is here"><RoutingWhy ticket={ticket} /></Section>
      <Section title="Mails and messages"><Letters key={ticketId} ticketId={ticketId} /></Section>
      <Section title="History"><Timeline ticketId={ticketId} /></Section>
    </div>
  );
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="px-5 py-4">
    <h2 className="mb-2.5 text-xs font-semibold text-ink-3">{title}</h2>
    {children}
  </section>
);

function Customer({ ticket }: { ticket: StaffTicket }) {
  const { requester } = ticket;
  return (
    <section aria-label="Customer" className="px-5 py-4">
      <div className="flex items-center gap-3">
        <Avatar name={requester.name} size="lg" />
        <div className="min-w-0">
          <p className="truncate text-base/5 font-semibold" title={requester.name}>{requester.name}</p>
          <a href={`mailto:${requester.email}`} className="block truncate text-xs text-ink-2 underline decoration-transparent underline-offset-3 hover:decoration-current" title={requester.email}>{requester.email}</a>
        </div>
      </div>
      {!requester.verified && <p className="mt-2.5 text-xs text-ink-2"><Badge tone="wait">Address not verified</Badge> Mail is held until they confirm it.</p>}
      <OtherTickets ticket={ticket} />
    </section>
  );
}

function OtherTickets({ ticket }: { ticket: StaffTicket }) {
  const place = usePlace();
  const prefetch = usePrefetchTicket();
  const { data } = useInfiniteQuery(inboxOptions({ requester: ticket.requester.id, sort: "-createdAt" }));
  const others = (data?.pages[0]?.items ?? []).filter((other) => other.id !== ticket.id).slice(0, 4);
  if (others.length === 0) return null;
  return (
    <ul aria-label={`Other tickets of ${ticket.requester.name}`} className="mt-3 -mx-2">
      {others.map((other) => (
        <li key={other.id}>
          <button type="button" onClick={() => place.open(other.id)} onMouseEnter={() => prefetch(other.id)} className="focus-inset flex h-7 w-full items-center gap-2 rounded-md px-2 text-left text-xs text-ink-2 hover:bg-hover hover:text-ink">
            <StatusMark status={other.status} />
            <span className="min-w-0 flex-1 truncate">{other.subject}</span>
            <span className="sr-only">{statusWords[other.status].staff}</span>
            <RelativeTime at={other.createdAt} short className="shrink-0 text-ink-3" />
          </button>
        </li>
      ))}
    </ul>
  );
}
