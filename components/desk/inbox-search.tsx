"use client";
import { useQuery } from "@tanstack/react-query";
import { ListFilter, Search, X } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { Priority, Status } from "@/lib/tickets/schema.ts";
import { Button } from "../ui/button.tsx";
import { Field, Input } from "../ui/field.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { Popover } from "../ui/popover.tsx";
import { PriorityMark, priorityWords } from "../ui/priority-mark.tsx";
import { Select, type Choice } from "../ui/select.tsx";
import { StatusMark, statusWords } from "../ui/status-badge.tsx";
import { useHydrated } from "../use-hydrated.ts";
import { usePlace } from "./place.ts";
import { queuesOptions } from "./queries.ts";
import type { Filters } from "./views.ts";

/** The search asks the server this long after the last key, in ms. */
const restMs = 200;

/** Search over number, requester, subject and message words. Its text lives in the address. */
export function InboxSearch() {
  const place = usePlace();
  const hydrated = useHydrated();
  const [text, setText] = useState(place.filters.q ?? "");
  const [shown, setShown] = useState(place.filters.q);
  if (shown !== place.filters.q) {
    setShown(place.filters.q);
    if ((place.filters.q ?? "") !== text.trim()) setText(place.filters.q ?? "");
  }
  const search = useEffectEvent((q: string) => { if (q !== (place.filters.q ?? "")) place.narrow({ q: q || null }); });
  useEffect(() => {
    const timer = setTimeout(() => search(text.trim()), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div role="search" className="relative min-w-0 flex-1">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-ink-3" />
      <Input
        id="desk-search"
        type="search"
        aria-label="Search tickets"
        placeholder="Search all tickets"
        dimension="sm"
        value={text}
        maxLength={200}
        disabled={!hydrated}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => { if (event.key === "Escape") { if (text) { event.preventDefault(); setText(""); } else event.currentTarget.blur(); } }}
        className="h-8 border-line bg-sunken pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
      />
      {text ? (
        <button type="button" aria-label="Clear the search" onClick={() => setText("")} className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-ink-3 hover:bg-hover hover:text-ink"><X aria-hidden className="size-3.5" /></button>
      ) : (
        <Kbd keys="/" className="max-lg:hidden pointer-events-none absolute top-1/2 right-2 -translate-y-1/2" />
      )}
    </div>
  );
}

const any = "any";
type Named = Exclude<keyof Filters, "view" | "q" | "sort">;

function FilterSelect({ name, label, choices }: { name: Named; label: string; choices: Choice[] }) {
  const place = usePlace();
  return (
    <Field label={label} className="grid grid-cols-[5rem_1fr] items-center gap-2">
      <Select choices={[{ value: any, label: "Any" }, ...choices]} value={place.filters[name] ?? any} onChange={(value) => place.narrow({ [name]: value === any ? null : value })} />
    </Field>
  );
}

/** Narrows the list by what a ticket is; every choice is in the address. */
export function InboxFilters() {
  const { data: queues = [] } = useQuery(queuesOptions);
  const categories = [...new Set([...queues.map((queue) => queue.category), "general"])].sort();
  return (
    <Popover label="Filters" align="end" trigger={<Button look="quiet" square aria-label="Filter the list"><ListFilter aria-hidden /></Button>} className="space-y-2.5">
      <FilterSelect name="status" label="Status" choices={Status.options.map((value) => ({ value, label: statusWords[value].staff, mark: <StatusMark status={value} /> }))} />
      <FilterSelect name="priority" label="Priority" choices={Priority.options.map((value) => ({ value, label: priorityWords[value], mark: <span aria-hidden className="contents [&_.sr-only]:hidden"><PriorityMark priority={value} wordClassName="sr-only" /></span> }))} />
      <FilterSelect name="category" label="Category" choices={categories.map((value) => ({ value, label: value }))} />
      {queues.length > 0 && <FilterSelect name="queue" label="Queue" choices={queues.map((queue) => ({ value: queue.id, label: queue.name }))} />}
      <FilterSelect name="assignee" label="Owner" choices={[{ value: "me", label: "Me" }, { value: "none", label: "Nobody" }]} />
    </Popover>
  );
}

/** What narrows the list now, each to be taken off with one click. */
export function FilterChips() {
  const place = usePlace();
  const { data: queues = [] } = useQuery(queuesOptions);
  const { status, priority, category, queue, tag, assignee } = place.filters;
  const chips: [Named, string][] = [];
  if (status) chips.push(["status", statusWords[status].staff]);
  if (priority) chips.push(["priority", `${priorityWords[priority]} priority`]);
  if (category) chips.push(["category", category]);
  if (queue) chips.push(["queue", queues.find((one) => one.id === queue)?.name ?? "Queue"]);
  if (tag) chips.push(["tag", `#${tag}`]);
  if (assignee) chips.push(["assignee", assignee === "me" ? "Mine" : assignee === "none" ? "No owner" : "One owner"]);
  if (chips.length === 0) return null;
  return (
    <ul aria-label="Filters in use" className="flex flex-wrap gap-1.5 px-3 pb-2">
      {chips.map(([name, label]) => (
        <li key={name}>
          <button type="button" onClick={() => place.narrow({ [name]: null })} className="inline-flex h-6 max-w-48 items-center gap-1 rounded-sm bg-accent-soft px-2 text-xs font-medium text-accent-text hover:bg-selected">
            <span className="truncate">{label}</span>
            <X aria-hidden className="size-3 shrink-0" />
            <span className="sr-only">remove filter</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
