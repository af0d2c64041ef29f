"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { api, queryOf } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { pollMs, useChannel, useConnection, useRealtime } from "@/components/use-channel.ts";
import type { RealtimeConfig } from "@/lib/realtime.ts";
import type { CustomerTicket } from "@/lib/tickets/view.ts";
import { RequestRow } from "./request-row.tsx";

type Page = { items: CustomerTicket[]; nextCursor: string | null };
const pageSize = 50;
const mostAtOnce = 200;

type RequestListProps = { first: Page; realtime: RealtimeConfig; personId: string | null };

/** Own requests, newest change first; alive while it is open. */
export function RequestList({ first, realtime, personId }: RequestListProps) {
  const [limit, setLimit] = useState(pageSize);
  const connection = useConnection();
  const client = useQueryClient();
  const key = ["my-requests", limit];
  useRealtime(realtime, personId !== null);
  useChannel(personId === null ? null : `private-user-${personId}`, () => void client.invalidateQueries({ queryKey: ["my-requests"] }));
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: key,
    queryFn: () => api.get<Page>(`/tickets${queryOf({ sort: "-updatedAt", limit })}`),
    initialData: limit === pageSize ? first : undefined,
    placeholderData: (before) => before,
    refetchOnMount: "always",
    // a browser without an account has no channel of its own, so its list asks
    refetchInterval: connection === "live" && personId !== null ? false : personId === null ? 15_000 : pollMs,
  });
  const page = data ?? first;
  if (page.items.length === 0) {
    return (
      <EmptyState title="You have not written to us yet." action={<Button asChild look="primary"><Link href="/contact">Write to us</Link></Button>}>
        What you send appears here, with our answers.
      </EmptyState>
    );
  }
  const open = page.items.filter((ticket) => ticket.status !== "resolved" && ticket.status !== "closed");
  const done = page.items.filter((ticket) => !open.includes(ticket));
  return (
    <>
      {error ? <Banner tone="wait" className="mb-4" action={<Button size="sm" look="quiet" onClick={() => void refetch()}>Try again</Button>}>The list may be out of date. {error.message}</Banner> : null}
      <Part title="Open" tickets={open} />
      <Part title="Solved and closed" tickets={done} />
      {page.nextCursor !== null && limit < mostAtOnce ? (
        <Button className="mt-4" busy={isFetching} onClick={() => setLimit(mostAtOnce)}>Show older requests</Button>
      ) : null}
    </>
  );
}

function Part({ title, tickets }: { title: string; tickets: CustomerTicket[] }) {
  if (tickets.length === 0) return null;
  return (
    <section aria-label={title} className="mt-8 first:mt-0">
      <h2 className="mb-2 text-sm font-semibold text-ink-2">{title} <span className="font-normal text-ink-3" data-numeric>{tickets.length}</span></h2>
      <ul className="divide-y rounded-xl border bg-surface shadow-raised">{tickets.map((ticket) => <li key={ticket.id}><RequestRow ticket={ticket} /></li>)}</ul>
    </section>
  );
}
