"use client";
import { CopyPlus, Plus, X } from "lucide-react";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/field.tsx";
import { Menu, MenuItem } from "@/components/ui/menu.tsx";
import type { Calendar, Interval, Weekday } from "@/lib/sla/schema.ts";
import { Fault } from "../fault.tsx";
import { timeIn, weekdayNames } from "./drafts.ts";

type WeekdayFieldsProps = { weekdays: Calendar["weekdays"]; onChange: (weekdays: Calendar["weekdays"]) => void; disabled: boolean; error: (...paths: string[]) => string | null };

const most = 12;

/** When work begins: after the last interval of the day, or in the morning. */
function another(spans: readonly Interval[]): Interval {
  const from = spans.at(-1)?.to ?? "09:00";
  const to = `${String(Math.min(24, Number(from.slice(0, 2)) + (spans.length === 0 ? 8 : 1))).padStart(2, "0")}:00`;
  return { from, to };
}

/** The intervals of each weekday. */
export function WeekdayFields({ weekdays, onChange, disabled, error }: WeekdayFieldsProps) {
  const set = (day: Weekday, spans: Interval[]) => onChange({ ...weekdays, [day]: spans });
  const copyMonday = (to: readonly Weekday[]) => onChange({ ...weekdays, ...Object.fromEntries(to.map((day) => [day, weekdays.mon.map((span) => ({ ...span }))])) });
  const ofAll = weekdayNames.some(({ key }) => error(`weekdays.${key}`)) ? null : error("weekdays");
  return (
    <div>
      <ul className="divide-y">
        {weekdayNames.map(({ key, long }) => (
          <li key={key} className="py-2.5 first:pt-0 last:pb-0">
            <div role="group" aria-label={long} className="flex flex-wrap items-start gap-x-3 gap-y-2">
              <span className="w-20 pt-1.5 text-sm font-medium max-sm:w-full max-sm:pt-0">{long}</span>
              <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">
                {weekdays[key].length === 0 ? <span className="py-1.5 text-sm text-ink-3">Closed</span> : null}
                {weekdays[key].map((span, index) => (
                  <Span key={index} name={`${long}, ${index + 1}`} span={span} disabled={disabled} invalid={(end) => Boolean(error(`weekdays.${key}.${index}.${end}`))} onChange={(next) => set(key, weekdays[key].with(index, next))} onRemove={() => set(key, weekdays[key].toSpliced(index, 1))} />
                ))}
                {disabled ? null : <Button look="quiet" size="sm" square disabled={weekdays[key].length >= most} aria-label={`Add hours on ${long}`} title="Add hours" onClick={() => set(key, [...weekdays[key], another(weekdays[key])])}><Plus aria-hidden /></Button>}
                {disabled || key !== "mon" ? null : (
                  <Menu trigger={<Button look="quiet" size="sm"><CopyPlus aria-hidden />Copy Monday</Button>}>
                    <MenuItem onSelect={() => copyMonday(["tue", "wed", "thu", "fri"])}>To Tuesday to Friday</MenuItem>
                    <MenuItem onSelect={() => copyMonday(["tue", "wed", "thu", "fri", "sat", "sun"])}>To every other day</MenuItem>
                  </Menu>
                )}
              </div>
            </div>
            {error(`weekdays.${key}`) ? <Fault className="mt-1.5 sm:ml-23">{error(`weekdays.${key}`)}</Fault> : null}
          </li>
        ))}
      </ul>
      {ofAll ? <Fault className="mt-3">These hours {ofAll.charAt(0).toLowerCase()}{ofAll.slice(1)}</Fault> : null}
    </div>
  );
}

type SpanProps = { name: string; span: Interval; disabled: boolean; invalid: (end: keyof Interval) => boolean; onChange: (span: Interval) => void; onRemove: () => void };

function Span({ name, span, disabled, invalid, onChange, onRemove }: SpanProps) {
  const field = (end: "from" | "to") => (
    <Input aria-label={`${name}, ${end}`} aria-invalid={invalid(end) || undefined} inputMode="numeric" maxLength={5} value={span[end]} disabled={disabled} onChange={(event) => onChange({ ...span, [end]: event.target.value })} onBlur={() => onChange({ ...span, [end]: timeIn(span[end]) })} className="h-8 w-15 px-1.5 text-center" />
  );
  return (
    <span className="flex items-center gap-1 rounded-md">
      {field("from")}<span aria-hidden className="text-ink-3">–</span>{field("to")}
      {disabled ? null : <Button look="quiet" size="sm" square aria-label={`Remove ${name}`} title="Remove" onClick={onRemove}><X aria-hidden /></Button>}
    </span>
  );
}
