"use client";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Input } from "@/components/ui/field.tsx";
import type { Holiday } from "@/lib/sla/schema.ts";
import { Fault } from "../fault.tsx";
import { dateInWords, todayIn } from "./drafts.ts";

type HolidayFieldsProps = { holidays: readonly Holiday[]; timeZone: string; onChange: (holidays: Holiday[]) => void; disabled: boolean; error: (...paths: string[]) => string | null };

const byDate = (one: Holiday, other: Holiday) => one.date.localeCompare(other.date);

/** The days off: those to come, the past ones folded; more are added by hand. */
export function HolidayFields({ holidays, timeZone, onChange, disabled, error }: HolidayFieldsProps) {
  const [next, setNext] = useState({ date: "", name: "" });
  const today = todayIn(timeZone);
  const [past, coming] = [holidays.filter(({ date }) => date < today), holidays.filter(({ date }) => date >= today)];
  const remove = (holiday: Holiday) => onChange(holidays.filter((each) => each !== holiday));
  const complete = next.date !== "" && next.name.trim() !== "";
  const add = () => {
    if (!complete) return;
    onChange([...holidays, { date: next.date, name: next.name.trim() }].toSorted(byDate));
    setNext({ date: "", name: "" });
  };
  const list = (shown: readonly Holiday[], label: string) => (
    <ul aria-label={label} tabIndex={0} className="max-h-80 divide-y overflow-y-auto rounded-md border">
      {shown.map((holiday) => (
        <li key={`${holiday.date} ${holiday.name} ${holiday.origin ?? ""}`} className="flex min-h-9 items-center gap-3 px-3 py-1 text-sm">
          <time dateTime={holiday.date} className="w-34 shrink-0 text-ink-2 normal-nums max-sm:w-24 max-sm:text-xs">{dateInWords(holiday.date)}</time>
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{holiday.name}</span>
          {holiday.origin === "ical" ? <Badge tone="outline">address</Badge> : disabled ? null : <Button look="quiet" size="sm" square aria-label={`Remove ${holiday.name}, ${dateInWords(holiday.date)}`} title="Remove" onClick={() => remove(holiday)}><X aria-hidden /></Button>}
        </li>
      ))}
    </ul>
  );
  return (
    <div className="space-y-3">
      {coming.length > 0 ? list(coming, "Holidays to come") : <p className="text-sm text-ink-3">{past.length > 0 ? "None to come." : "None yet: every weekday counts as above."}</p>}
      {past.length > 0 ? (
        <details className="group">
          <summary className="w-fit rounded-sm text-sm text-ink-2 hover:text-ink">{past.length === 1 ? "1 past holiday" : `${past.length} past holidays`}</summary>
          <div className="mt-2">{list(past.toReversed(), "Past holidays")}</div>
        </details>
      ) : null}
      {disabled ? null : (
        <div className="flex flex-wrap items-center gap-2" onKeyDown={(event) => { if (event.key === "Enter" && event.target instanceof HTMLInputElement) { event.preventDefault(); add(); } }}>
          <Input type="date" aria-label="Date of a holiday" value={next.date} onChange={(event) => setNext({ ...next, date: event.target.value })} className="w-38" />
          <Input aria-label="Name of the holiday" placeholder="New Year’s Day" maxLength={120} value={next.name} onChange={(event) => setNext({ ...next, name: event.target.value })} className="w-auto min-w-40 flex-1" />
          <Button disabled={!complete} onClick={add}><Plus aria-hidden />Add</Button>
        </div>
      )}
      {error("holidays") ? <Fault>Holidays: {error("holidays")}</Fault> : null}
    </div>
  );
}
