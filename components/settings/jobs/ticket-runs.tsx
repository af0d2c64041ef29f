"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { placeOptions, runsOptions } from "./queries.ts";
import { RunTable } from "./runs-tab.tsx";

/** Runs that an event of this ticket started; where they are, if that is not here. */
export function TicketRuns({ ticketId }: { ticketId: string }) {
  const place = useQuery(placeOptions);
  const here = place.data?.place === "local";
  const runs = useInfiniteQuery({ ...runsOptions({ status: null, function: null, event: null, q: ticketId }), enabled: here });
  const error = place.error ?? runs.error;
  const shown = runs.data?.pages.flatMap((page) => page.items);
  if (place.data?.place === "elsewhere") return <Elsewhere dashboard={place.data.dashboard} search={ticketId} />;
  if (error) return <Banner tone="alert" action={<Button size="sm" look="quiet" onClick={() => void (place.error ? place.refetch() : runs.refetch())}>Try again</Button>}>{error.message}</Banner>;
  if (!shown) return <div role="status" className="space-y-4 rounded-lg border bg-surface p-4"><span className="sr-only">Loading runs</span><Skeleton className="w-2/3" /><Skeleton className="w-1/2" /></div>;
  return (
    <>
      {shown.length > 0 ? <RunTable runs={shown} /> : <p className="rounded-lg border bg-surface p-4 text-sm text-ink-2 shadow-raised">{runs.hasNextPage ? "None among the newest 5,000 runs." : "None that is still kept."}</p>}
      {runs.hasNextPage ? <Button className="mt-3" busy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>Look further back</Button> : null}
      <p className="mt-2 text-xs text-ink-3">Runs that look at all tickets at once, the watch and the sweep, are not among them: what they did to this one stands above.</p>
    </>
  );
}
