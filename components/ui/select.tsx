"use client";
import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import { inputLook, useFieldProps } from "./field.tsx";

export type Choice<Value extends string = string> = { value: Value; label: string; mark?: ReactNode };

type SelectProps<Value extends string> = {
  choices: readonly Choice<Value>[];
  value?: Value;
  defaultValue?: Value;
  onChange?: (value: Value) => void;
  name?: string;
  placeholder?: string;
  disabled?: boolean;
  label?: string;
  look?: "field" | "quiet";
  className?: string;
};

/** One of a few choices, with the keyboard of a native select. In a form give it a `name`; outside a Field give it a `label`. */
export function Select<Value extends string>({ choices, value, defaultValue, onChange, name, placeholder = "Choose…", disabled, label, look = "field", className }: SelectProps<Value>) {
  const { required, ...field } = useFieldProps();
  return (
    <Radix.Root value={value} defaultValue={defaultValue} onValueChange={(next) => onChange?.(next as Value)} name={name} disabled={disabled} required={required}>
      <Radix.Trigger
        {...field}
        aria-label={label}
        className={cx(
          "inline-flex items-center justify-between gap-2 text-left",
          look === "field" ? cx(inputLook, "h-9 px-2.5 text-sm") : "h-7 rounded-md px-2 text-sm text-ink hover:bg-hover disabled:cursor-default disabled:hover:bg-transparent",
          "[&>span]:truncate data-[placeholder]:text-ink-3",
          className,
        )}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon className={disabled && look === "quiet" ? "hidden" : "shrink-0"}><ChevronDown aria-hidden className="size-3.5 text-ink-3" /></Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content position="popper" sideOffset={4} className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-lift overflow-hidden rounded-lg border bg-raised shadow-floating">
          <Radix.Viewport className="p-1">
            {choices.map((choice) => <SelectItem key={choice.value} value={choice.value} mark={choice.mark}>{choice.label}</SelectItem>)}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function SelectItem({ mark, children, ...rest }: ComponentProps<typeof Radix.Item> & { mark?: ReactNode }) {
  return (
    <Radix.Item className="relative flex h-8 items-center gap-2 rounded-sm pr-3 pl-7 text-sm outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover" {...rest}>
      <Radix.ItemIndicator className="absolute left-2"><Check aria-hidden className="size-3.5 text-accent-text" /></Radix.ItemIndicator>
      <Radix.ItemText><span className="inline-flex items-center gap-2">{mark}{children}</span></Radix.ItemText>
    </Radix.Item>
  );
}
