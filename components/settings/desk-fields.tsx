"use client";
import type { ReactNode } from "react";
import { Field, Input } from "@/components/ui/field.tsx";
import { Switch } from "@/components/ui/toggle.tsx";
import type { SettingsView } from "@/lib/auth/view.ts";
import { ZoneField } from "./zone-field.tsx";

type Numbers = "offlineGraceMinutes" | "remindMinutes" | "repeatBreachMinutes" | "closeAfterDays" | "nudgeHours";
/** The settings while they are edited: numbers as they were typed. */
export type DeskDraft = Omit<SettingsView, Numbers> & Record<Numbers, string>;
type Fault = (...paths: string[]) => string | null;

type DeskFieldsProps = { draft: DeskDraft; onChange: (draft: DeskDraft) => void; disabled: boolean; error: Fault };

export function DeskFields({ draft, onChange, disabled, error }: DeskFieldsProps) {
  const set = (part: Partial<DeskDraft>) => onChange({ ...draft, ...part });
  const number = (name: Numbers, label: string, unit: string, hint: string, most: number) => (
    <Field label={label} hint={hint} error={error(name)}>
      <NumberWithUnit unit={unit} value={draft[name]} max={most} disabled={disabled} onChange={(value) => set({ [name]: value })} />
    </Field>
  );
  return (
    <>
      <Group title="The desk">
        <Field label="Name" required hint="Customers read it on the help center and in every mail." error={error("name")}>
          <Input value={draft.name} maxLength={120} disabled={disabled} onChange={(event) => set({ name: event.target.value })} />
        </Field>
        <ZoneField label="Time zone" hint="New calendars begin with it; quiet hours and the days of figures follow it." value={draft.timeZone} disabled={disabled} error={error("timeZone")} onChange={(timeZone) => set({ timeZone })} />
      </Group>
      <Group title="Who takes what">
        {number("offlineGraceMinutes", "An absent owner’s requests move on after", "minutes", "Who has been offline for longer gives their open requests back to the queue.", 1440)}
        <Switch label="Agents see unassigned requests of their queues" hint="They can take one themselves. Otherwise they see what was given to them." checked={draft.queueVisibility} disabled={disabled} onCheckedChange={(queueVisibility) => set({ queueVisibility })} />
      </Group>
      <Group title="Promised times">
        {number("remindMinutes", "Remind the owner before a promised time", "working minutes", "Where little time is promised, when a quarter of it is left.", 1440)}
        {number("repeatBreachMinutes", "While nobody acts on a missed one, tell a manager again every", "working minutes", "0: never again.", 10_080)}
      </Group>
      <Group title="After a request is solved">
        {number("closeAfterDays", "Close it when nobody has written for", "days", "A reply to a closed request opens a new one that follows it.", 90)}
        {number("nudgeHours", "Tell the customer before that", "hours ahead", "0: not at all.", 168)}
        <Switch label="Ask how it was" hint="The mail that closes a request, and its page, ask for one to five and a word." checked={draft.askRating} disabled={disabled} onCheckedChange={(askRating) => set({ askRating })} />
      </Group>
    </>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-lg border bg-surface shadow-raised">
      <h2 className="border-b px-4 py-3 text-sm font-semibold">{title}</h2>
      <div className="space-y-5 p-4">{children}</div>
    </section>
  );
}

function NumberWithUnit({ unit, value, max, disabled, onChange }: { unit: string; value: string; max: number; disabled: boolean; onChange: (value: string) => void }) {
  return (
    <span className="flex items-center gap-2.5">
      <Input type="number" inputMode="numeric" min={0} max={max} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value)} className="w-24 tabular-nums" />
      <span className="text-sm text-ink-2">{unit}</span>
    </span>
  );
}
