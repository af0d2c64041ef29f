"use client";
import { Field, Input } from "@/components/ui/field.tsx";
import { Select } from "@/components/ui/select.tsx";
import { Checkbox, Switch } from "@/components/ui/toggle.tsx";
import type { QueueView } from "@/lib/auth/view.ts";
import type { CalendarView, PolicyView } from "@/lib/sla/view.ts";
import { Fault } from "../fault.tsx";
import type { PolicyDraft } from "./drafts.ts";
import { TargetTable } from "./target-table.tsx";

type PolicyFieldsProps = {
  draft: PolicyDraft; onChange: (draft: PolicyDraft) => void; disabled: boolean; error: (...paths: string[]) => string | null;
  dayMinutes: number; calendars: readonly CalendarView[]; queues: readonly QueueView[]; others: readonly PolicyView[]; isDefault: boolean;
};
const pauses = [{ status: "pending", label: "Pending", hint: "we wait for the customer" }, { status: "on_hold", label: "On hold", hint: "we wait for somebody else" }] as const;

export function PolicyFields({ draft, onChange, disabled, error, dayMinutes, calendars, queues, others, isDefault }: PolicyFieldsProps) {
  const set = (part: Partial<PolicyDraft>) => onChange({ ...draft, ...part });
  const toggled = <T,>(all: readonly T[], one: T, on: boolean) => (on ? [...all, one] : all.filter((each) => each !== one));
  return (
    <>
      <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
        <Field label="Name" required error={error("name")}>
          <Input value={draft.name} maxLength={120} placeholder="Standard" autoComplete="off" disabled={disabled} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <Field label="Calendar" hint="Only its working hours count." error={error("calendarId")}>
          <Select value={draft.calendarId} disabled={disabled} onChange={(calendarId) => set({ calendarId })} choices={calendars.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
      </div>
      <section>
        <h2 className="text-sm font-semibold">Promised times</h2>
        <p className="mt-0.5 mb-3 max-w-[70ch] text-xs text-ink-3">In working time: “30 min”, “4 h”, “2 days”. A day is {dayMinutes % 60 === 0 ? `${dayMinutes / 60} h` : `${Math.floor(dayMinutes / 60)} h ${dayMinutes % 60} min`} in this calendar. Empty: not promised.</p>
        <TargetTable draft={draft} dayMinutes={dayMinutes} onChange={onChange} disabled={disabled} error={error} />
      </section>
      <fieldset>
        <legend className="text-sm font-semibold">The time to a solution stands while a request is</legend>
        <div className="mt-2 flex flex-wrap gap-x-8 gap-y-2">
          {pauses.map(({ status, label, hint }) => <Checkbox key={status} label={label} hint={hint} disabled={disabled} checked={draft.pausedIn.includes(status)} onCheckedChange={(on) => set({ pausedIn: toggled(draft.pausedIn, status, on === true) })} />)}
        </div>
        <p className="mt-2 text-xs text-ink-3">First and next responses never stand.</p>
      </fieldset>
      <fieldset>
        <legend className="text-sm font-semibold">Queues</legend>
        <p className="mt-0.5 mb-2 text-xs text-ink-3">Their requests follow this policy. All others follow the default one.</p>
        {queues.length === 0 ? <p className="text-sm text-ink-2">There is no queue yet.</p> : null}
        <div className="grid max-h-48 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2">
          {queues.map(({ id, name }) => {
            const owner = others.find((policy) => policy.queueIds.includes(id));
            return <Checkbox key={id} label={<span className="[overflow-wrap:anywhere]">{name}</span>} hint={owner ? `in “${owner.name}”` : undefined} disabled={disabled || owner !== undefined} checked={draft.queueIds.includes(id)} onCheckedChange={(on) => set({ queueIds: toggled(draft.queueIds, id, on === true) })} />;
          })}
        </div>
        {error("queueIds") ? <Fault className="mt-2">{error("queueIds")}</Fault> : null}
      </fieldset>
      <Switch label="The default policy" hint={isDefault ? "It holds for every request whose queue has none of its own. To change that, make another policy the default." : "Takes the place of the present default for every request whose queue has no policy of its own."} checked={draft.default} disabled={disabled || isDefault} onCheckedChange={(on) => set({ default: on })} />
    </>
  );
}
