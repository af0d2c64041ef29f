"use client";
import { Popover as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

type PopoverProps = ComponentProps<typeof Radix.Root> & { trigger: ReactNode; label: string; align?: "start" | "center" | "end"; className?: string };

/** A small panel tied to its button; `label` names it for screen readers. */
export function Popover({ trigger, label, align = "start", className, children, ...root }: PopoverProps) {
  return (
    <Radix.Root {...root}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content aria-label={label} align={align} sideOffset={5} collisionPadding={8} className={cx("z-50 w-72 animate-lift rounded-lg border bg-raised p-3 text-sm shadow-floating outline-none", className)}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
