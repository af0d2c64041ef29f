"use client";
import { Input } from "@/components/ui/field.tsx";
import { PriorityMark, priorityWords } from "@/components/ui/priority-mark.tsx";
import { inHours, inWorkingWords, minutesIn } from "@/lib/sla/rules.ts";
import { Fault } from "../fault.tsx";
import { clocks, priorities, type PolicyDraft, type PriorityName, type TargetField } from "./drafts.ts";

type TargetTableProps = { draft: PolicyDraft; dayMinutes: number; onChange: (draft: PolicyDraft) => void; disabled: boolean; error: (...paths: string[]) => string | null };

/** What is promised for each priority, typed as people say it and told back in hours where it was days. */
export function TargetTable({ draft, dayMinutes, onChange, disabled, error }: TargetTableProps) {
  const set = (priority: PriorityName, field: TargetField, text: string) => onChange({ ...draft, targets: { ...draft.targets, [priority]: { ...draft.targets[priority], [field]: text } } });
  return (
    <div role="table" aria-label="Promised times" className="text-sm">
      <div role="row" className="grid grid-cols-3 gap-2 pb-2 text-xs text-ink-3 sm:grid-cols-[6rem_repeat(3,1fr)]">
        <span role="columnheader" className="max-sm:sr-only">Priority</span>
        {clocks.map(({ name, label }) => <span key={name} role="columnheader">{label}</span>)}
      </div>
      {priorities.map((priority) => (
        <div key={priority} role="row" className="grid grid-cols-3 items-start gap-x-2 gap-y-1 border-t py-2.5 sm:grid-cols-[6rem_repeat(3,1fr)]">
          <span role="rowheader" className="flex items-center max-sm:col-span-3 sm:h-9"><PriorityMark priority={priority} className="text-sm" /></span>
          {clocks.map(({ field, label }) => (
            <Target key={field} name={`${label}, ${priorityWords[priority].toLowerCase()}`} text={draft.targets[priority][field]} dayMinutes={dayMinutes} disabled={disabled} fault={error(`targets.${priority}.${field}`)} onChange={(text) => set(priority, field, text)} />
          ))}
        </div>
      ))}
    </div>
  );
}

type TargetProps = { name: string; text: string; dayMinutes: number; disabled: boolean; fault: string | null; onChange: (text: string) => void };

function Target({ name, text, dayMinutes, disabled, fault, onChange }: TargetProps) {
  const minutes = minutesIn(text, dayMinutes);
  const wrong = minutes === null ? "Say it like 30 min, 4 h or 2 days." : fault;
  const told = minutes == null ? null : inHours(minutes);
  return (
    <div role="cell">
      <Input aria-label={name} aria-invalid={wrong ? true : undefined} value={text} placeholder="Not promised" maxLength={40} disabled={disabled} autoComplete="off" onChange={(event) => onChange(event.target.value)} onBlur={() => { if (minutes != null) onChange(inWorkingWords(minutes, dayMinutes)); }} className="px-2 placeholder:text-xs" />
      {wrong ? <Fault className="mt-1">{wrong}</Fault> : told !== null && told !== text ? <p className="mt-0.5 pl-2 text-xs text-ink-3">{told}</p> : null}
    </div>
  );
}
