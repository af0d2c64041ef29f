"use client";
import { useQuery } from "@tanstack/react-query";
import { filesWords } from "@/lib/file-size.ts";
import type { ReactNode } from "react";
import { Priority } from "@/lib/tickets/schema.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { cx } from "../ui/cx.ts";
import { PriorityMark, priorityWords } from "../ui/priority-mark.tsx";
import { RelativeTime } from "../ui/relative-time.tsx";
import { Select } from "../ui/select.tsx";
import { StatusBadge, StatusMark, statusWords } from "../ui/status-badge.tsx";
import { asAct, useAct, type Changes } from "./acts.ts";
import { queuesOptions } from "./queries.ts";
import { TagEditor } from "./tag-editor.tsx";
import { Watchers } from "./watchers.tsx";

const settable = ["open", "pending", "on_hold"] as const;
type Settable = (typeof settable)[number];
const categoryBy = { keywords: "by its words", classifier: "by what was learned", person: "set by a person", default: "no better match" } as const;
const channelWords = { portal: "Help center", chat: "Chat", email: "Mail", api: "API" } as const;

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** Status, priority, category, tags and what can't be changed, in the words of the desk. Edits take effect at once. */
export function Properties({ ticket }: { ticket: StaffTicket }) {
  const act = useAct();
  const { data: queues = [] } = useQuery(queuesOptions);
  const change = (changes: Changes) => act.mutate(asAct(ticket, { kind: "change", changes }));
  const fixed = !ticket.may.edit;
  const categories = [...new Set([...queues.map((queue) => queue.category), "general", ticket.category.name])].sort();
  const statusFixed = fixed || ticket.status === "resolved" || ticket.status === "closed";
  const statuses = ticket.status === "new" ? (["new", ...settable] as const) : settable;
  return (
    <dl className="grid grid-cols-[5.25rem_minmax(0,1fr)] items-center gap-y-0.5 text-sm">
      <Property name="Status">
        {statusFixed ? <Plain><StatusBadge status={ticket.status} className="text-sm font-normal" /></Plain> : (
          <Select label="Status" look="quiet" className="-ml-2 max-w-[calc(100%+0.5rem)]" value={ticket.status as Settable} onChange={(status) => { if (settable.includes(status)) change({ status }); }} choices={statuses.map((value) => ({ value: value as Settable, label: statusWords[value].staff, mark: <StatusMark status={value} /> }))} />
        )}
      </Property>
      <Property name="Priority">
        {fixed ? <Plain><PriorityMark priority={ticket.priority} className="text-sm" /></Plain> : (
          <Select label="Priority" look="quiet" className="-ml-2 max-w-[calc(100%+0.5rem)]" value={ticket.priority} onChange={(priority) => change({ priority })} choices={Priority.options.map((value) => ({ value, label: priorityWords[value], mark: <span aria-hidden className="contents [&_.sr-only]:hidden"><PriorityMark priority={value} wordClassName="sr-only" /></span> }))} />
        )}
      </Property>
      <Property name="Category">
        <span title={`${ticket.category.why} Confidence ${Math.round(ticket.category.confidence * 100)} %.`} className="block w-full min-w-0 pb-1">
          {fixed ? <Plain>{capital(ticket.category.name)}</Plain> : <Select label="Category" look="quiet" className="-ml-2 max-w-[calc(100%+0.5rem)]" value={ticket.category.name} onChange={(category) => change({ category })} choices={categories.map((value) => ({ value, label: capital(value) }))} />}
          <span className="block text-xs/4 text-ink-3">{categoryBy[ticket.category.by]}</span>
        </span>
      </Property>
      <Property name="Queue"><Plain>{ticket.queue?.name ?? "None"}</Plain></Property>
      <Property name="Came by"><Plain>{channelWords[ticket.channel]}, <RelativeTime at={ticket.createdAt} /></Plain></Property>
      {ticket.attached.count > 0 && <Property name="Files"><Plain>{filesWords(ticket.attached)}</Plain></Property>}
      {ticket.watcherIds.length > 0 && <Property name="Watching"><Watchers ids={ticket.watcherIds} /></Property>}
      <Property name="Tags" wide><TagEditor key={ticket.tags.join()} tags={ticket.tags} fixed={fixed} onChange={(tags) => change({ tags })} /></Property>
    </dl>
  );
}

const Property = ({ name, wide = false, children }: { name: string; wide?: boolean; children: ReactNode }) => (
  <>
    <dt className={cx("self-start py-1.5 text-xs/4 text-ink-3", wide && "col-span-2 pb-0")}>{name}</dt>
    <dd className={cx("flex min-h-7 min-w-0 items-center", wide && "col-span-2")}>{children}</dd>
  </>
);

const Plain = ({ children }: { children: ReactNode }) => <span className="min-w-0 truncate">{children}</span>;
