"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, useQueryStates } from "nuqs";
import { Badge } from "@/components/ui/badge.tsx";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { DataTable, type Column } from "@/components/ui/data-table.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { RelativeTime, useNow } from "@/components/ui/relative-time.tsx";
import { Select } from "@/components/ui/select.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import type { JobRun } from "@/lib/jobs.ts";
import { functionsOptions, runsOptions } from "./queries.ts";
import { SearchBox } from "./search-box.tsx";
import { progressOf, shortName, statusWords } from "./words.ts";

export const runFilters = { status: parseAsString, function: parseAsString, event: parseAsString, q: parseAsString };

const statuses = [{ value: "any", label: "All, failed first" }, ...(["failed", "running", "completed", "cancelled"] as const).map((value) => ({ value, label: statusWords[value].word }))];

/** Runs, failed ones first; what narrows them stands in the address. */
export function RunsTab() {
  const [filters, setFilters] = useQueryStates(runFilters);
  const { data: functions = [] } = useQuery(functionsOptions);
  const runs = useInfiniteQuery({ ...runsOptions(filters), placeholderData: (before) => before });
  const shown = runs.data?.pages.flatMap((page) => page.items);
  const narrowed = Object.values(filters).some((value) => value !== null);
  const names = [...new Set(functions.flatMap((each) => each.triggers.map(({ event }) => event)))].sort();
  const clear = () => void setFilters({ status: null, function: null, event: null, q: null });
  const choose = (name: "status" | "function" | "event") => (value: string) => void setFilters({ [name]: value === "any" ? null : value });
  return (
    <>
      <div className="mb-3 grid grid-cols-2 gap-2 lg:grid-cols-[11rem_1fr_1fr_1fr]">
        <Select label="State" choices={statuses} value={filters.status ?? "any"} onChange={choose("status")} />
        <Select label="Function" choices={[{ value: "any", label: "Every function" }, ...functions.map(({ id }) => ({ value: id, label: shortName(id) }))]} value={filters.function ?? "any"} onChange={choose("function")} />
        <Select label="Event" choices={[{ value: "any", label: "Every event" }, ...names.map((value) => ({ value, label: value }))]} value={filters.event ?? "any"} onChange={choose("event")} />
        <SearchBox label="Search runs" placeholder="Id or text" value={filters.q ?? ""} onSearch={(q) => void setFilters({ q: q || null })} />
      </div>
      {runs.error ? <Banner tone="alert" className="mb-3" action={<Button size="sm" look="quiet" onClick={() => void runs.refetch()}>Try again</Button>}>{runs.error.message}</Banner> : null}
      {!shown && !runs.error ? <div role="status" aria-label="Loading" className="flex flex-col gap-4 rounded-lg border bg-surface p-4">{[1, 2, 3, 4].map((row) => <Skeleton key={row} className="h-4" />)}</div> : null}
      {shown?.length === 0 ? (
        <EmptyState title={runs.hasNextPage ? "None among the newest 5,000 runs." : narrowed ? "No run fits these filters." : "Nothing has run yet."} action={narrowed ? <Button onClick={clear}>Show all runs</Button> : null} className="rounded-lg border bg-surface">
          {narrowed ? null : "A run starts when something happens on the desk, a new request for instance."}
        </EmptyState>
      ) : null}
      {shown && shown.length > 0 ? <RunTable runs={shown} /> : null}
      {runs.hasNextPage ? <Button className="mt-3" busy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>{shown?.length === 0 ? "Look further back" : "Show more"}</Button> : null}
    </>
  );
}

/** Runs as a list; each leads to its page. */
export function RunTable({ runs }: { runs: JobRun[] }) {
  const now = useNow();
  const columns: readonly Column<JobRun>[] = [
    {
      id: "run",
      header: "Run",
      className: "w-full max-w-0 px-4 py-2.5",
      cell: (run) => (
        <>
          <div className="flex min-w-0 items-center gap-2">
            <Link href={`/settings/jobs/${run.id}`} className="truncate font-medium after:absolute after:inset-0 hover:underline">{shortName(run.functionId)}</Link>
            {run.replayOf ? <Badge tone="outline">Replay</Badge> : null}
            <span className="ml-auto sm:hidden"><RunStatus run={run} /></span>
          </div>
          <p className="truncate text-xs text-ink-3">{run.event.name}<span className="sm:hidden"> · <RelativeTime at={run.createdAt} /></span></p>
          {run.status === "failed" && run.error ? <p className="mt-0.5 truncate text-xs text-alert-text">{run.error.message}</p> : null}
        </>
      ),
    },
    { id: "status", header: "State", className: "px-3 py-2.5 align-top max-sm:hidden", cell: (run) => <RunStatus run={run} /> },
    { id: "steps", header: "Steps", className: "px-3 py-2.5 align-top whitespace-nowrap tabular-nums text-ink-2 max-lg:hidden", cell: (run) => run.stepsDone + (run.stepsPending > 0 ? run.stepsPending : 0) },
    { id: "progress", header: "Progress", className: "px-3 py-2.5 align-top whitespace-nowrap text-ink-2 max-sm:hidden", cell: (run) => <span suppressHydrationWarning>{progressOf(run, now)}</span> },
    { id: "started", header: "Started", className: "py-2.5 pr-4 pl-3 align-top whitespace-nowrap text-ink-2 max-sm:hidden", cell: (run) => <RelativeTime at={run.createdAt} /> },
  ];
  return (
    <div className="overflow-hidden rounded-lg border bg-surface shadow-raised">
      <DataTable label="Runs" columns={columns} rows={runs} rowId={(run) => run.id} headClassName="border-b max-sm:sr-only" bodyClassName="divide-y" rowProps={() => ({ className: "relative hover:bg-hover" })} />
    </div>
  );
}

export function RunStatus({ run }: { run: Pick<JobRun, "status"> }) {
  const { word, tone } = statusWords[run.status];
  return <Badge tone={tone}>{word}</Badge>;
}
