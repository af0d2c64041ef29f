"use client";
import { useQuery } from "@tanstack/react-query";
import { Bell, Clock, DoorClosed, Mail, Repeat } from "lucide-react";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useNow } from "@/components/ui/relative-time.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { exactTime } from "@/components/ui/time-words.ts";
import type { ActView, ScheduleView } from "@/lib/sla/view.ts";
import type { Status } from "@/lib/tickets/schema.ts";
import { actWords } from "./act-words.ts";
import { scheduleOptions } from "./queries.ts";
import { aheadInWords } from "./words.ts";

const icons = { remind: Bell, breach: Clock, repeat: Repeat, nudge: Mail, close: DoorClosed } as const;

/** What the desk does if nobody acts meanwhile, the soonest first. */
export function ActsAhead({ ticketId, status }: { ticketId: string; status: Status }) {
  const { data, error, refetch } = useQuery(scheduleOptions(ticketId));
  if (error) return <Banner tone="alert" action={<Button size="sm" look="quiet" onClick={() => void refetch()}>Try again</Button>}>{error.message}</Banner>;
  if (!data) return <div role="status" className="space-y-4 rounded-lg border bg-surface p-4"><span className="sr-only">Loading what comes next</span><Skeleton className="w-2/3" /><Skeleton className="w-1/2" /></div>;
  if (data.next.length === 0) return <p className="rounded-lg border bg-surface p-4 text-sm text-ink-2 shadow-raised">{status === "closed" ? "Nothing: the ticket is closed." : "Nothing: no promised time is running, and it does not wait to be closed."}</p>;
  return (
    <>
      <ol className="divide-y rounded-lg border bg-surface shadow-raised">{data.next.map((act) => <Act key={`${act.does} ${act.at}`} act={act} />)}</ol>
      <Look schedule={data} />
    </>
  );
}

function Act({ act }: { act: ActView }) {
  const now = useNow();
  const Icon = icons[act.does];
  const due = Date.parse(act.at) <= now;
  return (
    <li className="flex items-start gap-3 px-4 py-3 text-sm">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:justify-between sm:gap-4">
        <p className="font-medium">{actWords(act)}{act.closesAt ? <span className="block text-xs font-normal text-ink-2" suppressHydrationWarning>to be closed {exactTime(act.closesAt)}</span> : null}</p>
        <p className="shrink-0 text-ink-2 sm:text-right" suppressHydrationWarning><span className={due ? "font-medium text-wait-text" : ""}>{due ? "due now" : aheadInWords(act.at, now)}</span><span className="text-ink-3"> · {exactTime(act.at)}</span></p>
      </div>
    </li>
  );
}

/** The acts are worked out anew each time; the watch goes by the time that the ticket keeps, which may be older. */
function Look({ schedule: { looksAt, next } }: { schedule: ScheduleView }) {
  const same = looksAt !== null && next.some((act) => Math.abs(Date.parse(act.at) - Date.parse(looksAt)) < 1000);
  return (
    <p className="mt-2 text-xs text-ink-3" suppressHydrationWarning>
      {same ? "If nobody acts meanwhile. The ticket keeps the time of the first of these, and the watch over all tickets comes to it then."
        : looksAt === null ? "The ticket does not keep these times yet; a sweep works them out within a minute."
          : `The ticket keeps an older time, ${exactTime(looksAt)}; the watch works it out anew then, or when something happens.`}
    </p>
  );
}
