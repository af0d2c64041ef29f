"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { CheckCheck, CircleUserRound, Clock, Cog, Inbox, Layers, ShieldAlert, Wrench, type LucideIcon } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { MouseEvent, ReactNode } from "react";
import { cx } from "../ui/cx.ts";
import { useDesk } from "./desk-context.tsx";
import { usePlace } from "./place.ts";
import { countsOptions, inboxOptions, queuesOptions } from "./queries.ts";
import { inboxQuery, views, type ViewName } from "./views.ts";

const icons: Record<ViewName, LucideIcon> = { mine: CircleUserRound, unassigned: Inbox, waiting: Clock, engineering: Wrench, review: ShieldAlert, resolved: CheckCheck, all: Layers };
const look = (here: boolean) => cx("focus-inset flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm transition-colors", here ? "bg-selected font-medium text-ink" : "text-ink-2 hover:bg-hover hover:text-ink");
const plainClick = (event: MouseEvent) => !(event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0);
const nothing = { view: null, q: null, status: null, priority: null, category: null, queue: null, tag: null, assignee: null, sort: null };

function NavLink({ href, here, onGo, onNear, icon: Icon, count, children }: { href: `/desk?view=${string}` | `/desk?queue=${string}`; here: boolean; onGo: () => void; onNear?: () => void; icon?: LucideIcon; count?: number | undefined; children: ReactNode }) {
  const inDesk = usePathname().startsWith("/desk");
  return (
    <li>
      <Link href={href} prefetch={false} aria-current={here ? "page" : undefined} onMouseEnter={onNear} onFocus={onNear} onClick={(event) => { if (inDesk && plainClick(event)) { event.preventDefault(); onGo(); } }} className={look(here)}>
        {Icon ? <Icon aria-hidden className={cx("size-4 shrink-0", here ? "text-accent-text" : "text-ink-3")} /> : <span aria-hidden className="mx-1 size-2 shrink-0 rounded-xs border border-line-strong" />}
        <span className="min-w-0 flex-1 truncate">{children}</span>
        {count !== undefined && count > 0 && <span data-numeric className="text-xs text-ink-3">{count}</span>}
      </Link>
    </li>
  );
}

/** The views of this person with what waits in each, and the queues for those who see them all. */
export function ViewLinks() {
  const { me, views: names } = useDesk();
  const client = useQueryClient();
  const place = usePlace();
  const inDesk = usePathname().startsWith("/desk");
  const { data: counts } = useQuery(countsOptions);
  const seesAll = me.roles.includes("manager") || me.roles.includes("admin");
  const { data: queues = [] } = useQuery({ ...queuesOptions, enabled: seesAll });
  const fallback = names[0] ?? "all";
  const plain = inDesk && !place.filters.q && !place.filters.queue;
  return (
    <nav aria-label="Tickets" className="flex flex-col gap-4 px-2.5">
      <ul className="space-y-0.5">
        {names.map((name) => {
          const { label, count } = views[name];
          const near = () => void client.prefetchInfiniteQuery(inboxOptions(inboxQuery({ ...nothing, view: name }, fallback)));
          return <NavLink key={name} href={`/desk?view=${name}`} here={plain && place.view === name} onGo={() => place.show(name)} onNear={near} icon={icons[name]} count={count ? counts?.[count] : undefined}>{label}</NavLink>;
        })}
      </ul>
      {seesAll && queues.length > 0 && (
        <div>
          <h2 className="px-2.5 pb-1 text-xs font-medium text-ink-3">Queues</h2>
          <ul className="space-y-0.5">
            {queues.map((queue) => <NavLink key={queue.id} href={`/desk?queue=${queue.id}`} here={inDesk && place.filters.queue === queue.id} onGo={() => place.narrow({ ...nothing, view: "all", queue: queue.id })}>{queue.name}</NavLink>)}
          </ul>
        </div>
      )}
      {seesAll && (
        <ul>
          <li><Link href="/settings" aria-current={inDesk ? undefined : "page"} className={look(!inDesk)}><Cog aria-hidden className="size-4 shrink-0 text-ink-3" />Settings</Link></li>
        </ul>
      )}
    </nav>
  );
}
