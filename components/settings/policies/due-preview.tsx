"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Input } from "@/components/ui/field.tsx";
import { PriorityMark } from "@/components/ui/priority-mark.tsx";
import { Select } from "@/components/ui/select.tsx";
import { Skeleton } from "@/components/ui/skeleton.tsx";
import type { DueView } from "@/lib/sla/view.ts";
import { previewOptions } from "../queries.ts";
import { clocks, priorities, type PriorityName } from "./drafts.ts";

const choices = priorities.map((priority) => ({ value: priority, label: priority === "urgent" ? "Urgent" : priority === "high" ? "High" : priority === "normal" ? "Normal" : "Low", mark: <PriorityMark priority={priority} wordClassName="sr-only" /> }));
const whens = [{ value: "now", label: "now" }, { value: "then", label: "at a moment" }] as const;

/** A text once its writer has paused. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** When a ticket would be due under what is being edited. `asked`: rules for the preview's door; null while they can't be read. */
export function DuePreview({ asked, under }: { asked: object | null; under?: string }) {
  const [priority, setPriority] = useState<PriorityName>("normal");
  const [when, setWhen] = useState<"now" | "then">("now");
  const [at, setAt] = useState("");
  const moment = when === "then" && at !== "" ? new Date(at).toISOString() : undefined;
  const question = useSettled(JSON.stringify({ ...asked, ...(moment ? { at: moment } : {}) }));
  const { data, error } = useQuery({ ...previewOptions(JSON.parse(question) as object), enabled: asked !== null });
  return (
    <section aria-label="Preview" className="rounded-lg border bg-sunken/60 p-4">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-sm">
        A request opened
        <Select label="Opened" value={when} onChange={setWhen} choices={whens} className="w-34 bg-raised" />
        {when === "then" ? <Input type="datetime-local" aria-label="Opened at, by your clock" value={at} onChange={(event) => setAt(event.target.value)} className="w-52" /> : null}
        with priority
        <Select label="Priority" value={priority} onChange={setPriority} choices={choices} className="w-30 bg-raised" />
        would be due{under ? ` under “${under}”` : ""}
      </div>
      {error || asked === null ? <p className="mt-3 text-sm text-ink-2">…once what is marked {error ? "or missing" : "above"} is put right.</p> : data ? (
        <>
          <dl aria-live="polite" className="mt-3 grid gap-x-6 gap-y-2 sm:grid-cols-3">
            {clocks.map(({ name, label }) => <Due key={name} label={label} due={data.due[priority][name]} timeZone={data.timeZone} />)}
          </dl>
          <p className="mt-3 text-xs text-ink-3">By the clocks of {data.timeZone.replaceAll("_", " ")}. The next response counts from a customer’s message at that moment.</p>
        </>
      ) : <Skeleton className="mt-3 h-10 w-full" />}
    </section>
  );
}

/** The time alone on the day on which it is due, else with its date. */
function reminder({ dueAt, remindAt }: DueView, timeZone: string): string {
  const inZone = (at: string, shown: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { timeZone, ...shown }).format(new Date(at));
  const [date, time] = [{ weekday: "short", day: "numeric", month: "short" }, { hour: "2-digit", minute: "2-digit" }] as const;
  return inZone(remindAt, date) === inZone(dueAt, date) ? inZone(remindAt, time) : inZone(remindAt, { ...date, ...time });
}

function Due({ label, due, timeZone }: { label: string; due: DueView | null; timeZone: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="text-sm">
        {due ? <time dateTime={due.dueAt} className="font-medium normal-nums">{due.text}</time> : <span className="text-ink-3">not promised</span>}
        {due ? <span className="block text-xs text-ink-3">reminder {reminder(due, timeZone)}</span> : null}
      </dd>
    </div>
  );
}
