"use client";
import { Command } from "cmdk";
import { Check, ChevronDown } from "lucide-react";
import { useState } from "react";
import { CommandField, commandItem } from "@/components/desk/command-field.tsx";
import { cx } from "@/components/ui/cx.ts";
import { Field, inputLook, useFieldProps } from "@/components/ui/field.tsx";
import { Popover } from "@/components/ui/popover.tsx";

type ZoneProps = { value: string; disabled: boolean; onChange: (zone: string) => void };

/** A time zone out of all that the browser knows, found by typing. */
export function ZoneField({ label, hint, error, ...zone }: ZoneProps & { label: string; hint?: string; error?: string | null }) {
  return (
    <Field label={label} hint={hint} error={error}>
      <ZoneButton label={label} {...zone} />
    </Field>
  );
}

/** "Europe/Berlin" is found by "berlin" and by "GMT+1". */
const shown = (zone: string) => zone.replaceAll("_", " ");
const offsetOf = (zone: string) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts().find(({ type }) => type === "timeZoneName")?.value ?? "";
/** Browsers keep some cities under names of old. */
const alsoCalled: Readonly<Record<string, string>> = { "Asia/Calcutta": "Kolkata", "Asia/Katmandu": "Kathmandu", "Asia/Saigon": "Ho Chi Minh", "Asia/Rangoon": "Yangon", "Europe/Kiev": "Kyiv", "America/Buenos_Aires": "Argentina", "Atlantic/Faeroe": "Faroe", "Pacific/Truk": "Chuuk", "Pacific/Ponape": "Pohnpei", "Pacific/Enderbury": "Kanton" };
const zones = () => [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];

function ZoneButton({ label, value, disabled, onChange }: ZoneProps & { label: string }) {
  const { required: _required, ...field } = useFieldProps();
  const [open, setOpen] = useState(false);
  const choose = (zone: string) => { onChange(zone); setOpen(false); };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label={label}
      className="w-[min(22rem,calc(100vw-2rem))] overflow-hidden p-0"
      trigger={
        <button type="button" {...field} disabled={disabled} className={cx(inputLook, "flex h-9 items-center justify-between gap-2 px-2.5 text-left text-sm")}>
          <span className="truncate">{shown(value)}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </button>
      }
    >
      <Command label={label} defaultValue={value} loop>
        <CommandField placeholder="City or region" />
        <Command.List className="max-h-72 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-sm text-ink-2">No time zone is called that.</Command.Empty>
          {open ? zones().map((zone) => (
            <Command.Item key={zone} value={zone} keywords={[shown(zone), alsoCalled[zone] ?? ""]} onSelect={() => choose(zone)} className={commandItem}>
              <span className="min-w-0 flex-1 truncate">{shown(zone)}</span>
              {zone === value ? <Check aria-label="chosen" className="size-4" /> : null}
              <span className="text-xs text-ink-3 tabular-nums">{offsetOf(zone)}</span>
            </Command.Item>
          )) : null}
        </Command.List>
      </Command>
    </Popover>
  );
}
