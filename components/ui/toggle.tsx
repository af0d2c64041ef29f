"use client";
import { Check, Minus } from "lucide-react";
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from "radix-ui";
import { useId, type ComponentProps, type ReactNode } from "react";
import { cx } from "./cx.ts";

type Labelled = { label: ReactNode; hint?: ReactNode };

/** A check box with its label. In a form it sends `name=on`. */
export function Checkbox({ label, hint, className, ...rest }: ComponentProps<typeof RadixCheckbox.Root> & Labelled) {
  const id = useId();
  return (
    <div className={cx("flex items-start gap-2.5", className)}>
      <RadixCheckbox.Root
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-px grid size-4.5 shrink-0 place-items-center rounded-xs border border-line-strong bg-raised transition-colors hover:border-ink-3 disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
        {...rest}
      >
        <RadixCheckbox.Indicator className="text-accent-ink">
          {rest.checked === "indeterminate" ? <Minus aria-hidden className="size-3.5" strokeWidth={3} /> : <Check aria-hidden className="size-3.5" strokeWidth={3} />}
        </RadixCheckbox.Indicator>
      </RadixCheckbox.Root>
      <div>
        <label htmlFor={id} className="block text-sm text-ink">{label}</label>
        {hint && <p id={`${id}-hint`} className="text-xs text-ink-3">{hint}</p>}
      </div>
    </div>
  );
}

/** A setting that takes effect at once. The label sits left, the switch right. */
export function Switch({ label, hint, className, ...rest }: ComponentProps<typeof RadixSwitch.Root> & Labelled) {
  const id = useId();
  return (
    <div className={cx("flex items-start justify-between gap-4", className)}>
      <div>
        <label htmlFor={id} className="block text-sm text-ink">{label}</label>
        {hint && <p id={`${id}-hint`} className="text-xs text-ink-3">{hint}</p>}
      </div>
      <RadixSwitch.Root
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-px inline-flex h-5 w-8.5 shrink-0 items-center rounded-full border border-line-strong bg-sunken p-0.5 transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        {...rest}
      >
        <RadixSwitch.Thumb className="block size-3.5 rounded-full bg-ink-3 transition-transform data-[state=checked]:translate-x-3.5 data-[state=checked]:bg-accent-ink" />
      </RadixSwitch.Root>
    </div>
  );
}
