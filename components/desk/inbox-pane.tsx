"use client";
import { useQuery } from "@tanstack/react-query";
import { Zap } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Tooltip } from "../ui/tooltip.tsx";
import { useCommands } from "./command-context.tsx";
import { InboxList } from "./inbox-list.tsx";
import { FilterChips, InboxFilters, InboxSearch } from "./inbox-search.tsx";
import { usePlace } from "./place.ts";
import { countsOptions } from "./queries.ts";
import { views } from "./views.ts";

/** The middle pane: the view's name and count, search, filters, rows. */
export function InboxPane({ cursor, onCursor }: { cursor: string | null; onCursor: (id: string) => void }) {
  const place = usePlace();
  const { data: counts } = useQuery(countsOptions);
  const run = useCommands();
  const view = views[place.view];
  const Heading = place.ticketId ? "h2" : "h1";
  const count = view.count && !place.filters.q ? counts?.[view.count] : undefined;
  return (
    <section aria-label="Tickets" className={cx("flex min-h-0 min-w-0 flex-col bg-surface", place.ticketId ? "max-md:hidden md:w-[17.5rem] md:shrink-0 md:border-r lg:w-[19.5rem] xl:w-[21.5rem]" : "flex-1")}>
      <header className="flex items-center gap-2 px-3 pt-2.5 pb-2 pl-4">
        <Heading className="max-w-[60%] shrink-0 truncate text-base font-semibold">{place.filters.q ? "Search" : view.label}</Heading>
        {count !== undefined && <span data-numeric className="text-sm text-ink-3">{count}</span>}
        <div className={cx("ml-auto flex min-w-0 items-center gap-1.5", place.ticketId ? "flex-1" : "w-full max-w-sm")}>
          <InboxSearch />
          <InboxFilters />
          <Tooltip text="Every act, by name" keys="Ctrl K">
            <Button look="quiet" square aria-label="Commands" onClick={() => run("palette")} className={place.ticketId ? "max-xl:hidden" : ""}><Zap aria-hidden /></Button>
          </Tooltip>
        </div>
      </header>
      <FilterChips />
      <div className="flex min-h-0 flex-1 flex-col border-t">
        <InboxList cursor={cursor} onCursor={onCursor} />
      </div>
    </section>
  );
}
