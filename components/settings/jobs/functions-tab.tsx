"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { Badge } from "@/components/ui/badge.tsx";
import { Banner } from "@/components/ui/banner.tsx";
import { DataTable, type Column } from "@/components/ui/data-table.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { useNow } from "@/components/ui/relative-time.tsx";
import type { JobFunction } from "@/lib/jobs.ts";
import { functionsOptions } from "./queries.ts";
import { aheadInWords, shortName } from "./words.ts";

/** Every function: what starts it and how its runs fare. */
export function FunctionsTab() {
  const { data: functions = [], error, isPending } = useQuery(functionsOptions);
  const now = useNow();
  const number = (id: string, header: string, of: (each: JobFunction) => number, alert = false): Column<JobFunction> => ({
    id, header, className: "px-3 py-2.5 text-right align-top whitespace-nowrap tabular-nums max-sm:hidden",
    cell: (each) => (alert && of(each) > 0 ? <Link href={`/settings/jobs?status=failed&function=${each.id}`} className="font-medium text-alert-text hover:underline">{of(each)}</Link> : of(each)),
  });
  const columns: readonly Column<JobFunction>[] = [
    {
      id: "function",
      header: "Function",
      className: "w-full max-w-0 px-4 py-2.5",
      cell: (each) => (
        <>
          <div className="flex min-w-0 items-center gap-2">
            <Link href={`/settings/jobs?function=${each.id}`} className="truncate font-medium hover:underline">{shortName(each.id)}</Link>
            {each.active ? null : <Badge>Gone from the app</Badge>}
            {each.failedInDay > 0 ? <Badge tone="alert" className="ml-auto sm:hidden">{each.failedInDay} failed</Badge> : null}
          </div>
          <p className="text-xs break-words text-ink-3" suppressHydrationWarning>{startedBy(each, now)}</p>
          {each.refusal ? <p className="mt-0.5 text-xs text-alert-text">{each.refusal}</p> : null}
        </>
      ),
    },
    number("running", "Running", (each) => each.running - each.sleeping),
    number("sleeping", "Asleep", (each) => each.sleeping),
    number("completed", "Done in 24 h", (each) => each.completedInDay),
    number("failed", "Failed in 24 h", (each) => each.failedInDay, true),
  ];
  if (error) return <Banner tone="alert">{error.message}</Banner>;
  if (functions.length === 0) return isPending ? null : <EmptyState title="The app has registered no function." className="rounded-lg border bg-surface">It does so by itself shortly after its start.</EmptyState>;
  return (
    <div className="overflow-hidden rounded-lg border bg-surface shadow-raised">
      <DataTable label="Functions" columns={columns} rows={functions} rowId={(each) => each.id} headClassName="border-b max-sm:sr-only" bodyClassName="divide-y" />
    </div>
  );
}

function startedBy({ triggers, crons, next }: JobFunction, now: number): string {
  const events = triggers.map(({ event, when }) => (when ? `${event} if ${when}` : event));
  const schedules = crons.map((cron) => `schedule ${cron}${next ? `, next ${aheadInWords(next, now)}` : ""}`);
  return [...events, ...schedules].join(" · ") || "Called by other functions only";
}
