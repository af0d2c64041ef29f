"use client";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Letters } from "@/components/desk/letters.tsx";
import { StatusMark, statusWords } from "@/components/ui/status-badge.tsx";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { ActsAhead } from "./acts-ahead.tsx";
import { ActsDone } from "./acts-done.tsx";
import { TicketRuns } from "./ticket-runs.tsx";

type TicketPageProps = { ticket: Pick<StaffTicket, "id" | "number" | "subject" | "status">; operates: boolean };

/** What is scheduled for a ticket and what ran: for whoever asks why the desk did something, or did not. `operates`: may see the jobs themselves. */
export function TicketPage({ ticket, operates }: TicketPageProps) {
  const back = operates ? ({ href: "/settings/jobs?tab=tickets", words: "Jobs" } as const) : ({ href: `/desk/${ticket.id}`, words: "The ticket" } as const);
  return (
    <>
      <Link href={back.href} className="mb-3 inline-flex items-center gap-1.5 text-sm text-ink-2 hover:text-ink"><ArrowLeft aria-hidden className="size-4" />{back.words}</Link>
      <h1 className="text-xl font-bold wrap-anywhere">{ticket.subject}</h1>
      <p className="mt-1 mb-6 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-2">
        <span data-numeric>#{ticket.number}</span>
        <span className="inline-flex items-center gap-1.5"><StatusMark status={ticket.status} />{statusWords[ticket.status].staff}</span>
        {operates ? <Link href={`/desk/${ticket.id}`} className="rounded-sm text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Open the ticket</Link> : null}
      </p>
      <Part title="What comes next"><ActsAhead ticketId={ticket.id} status={ticket.status} /></Part>
      <Part title="What the desk did by itself"><ActsDone ticketId={ticket.id} /></Part>
      <Part title="Mails and messages"><div className="rounded-lg border bg-surface p-4 shadow-raised"><Letters ticketId={ticket.id} asked /></div></Part>
      {operates ? <Part title="Jobs that ran for it"><TicketRuns ticketId={ticket.id} /></Part> : null}
    </>
  );
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="mb-8">
    <h2 className="mb-2 text-sm font-semibold">{title}</h2>
    {children}
  </section>
);
