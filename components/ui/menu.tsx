"use client";
import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";

const item = "flex min-h-8 items-center gap-2.5 rounded-sm px-2.5 py-1 text-sm text-ink outline-none select-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-3";

type MenuProps = ComponentProps<typeof Radix.Root> & { trigger: ReactNode; align?: "start" | "end"; side?: "top" | "bottom"; className?: string };

/** A menu of acts under a button. Fill it with MenuItem, MenuCheck, MenuLine and MenuLabel. */
export function Menu({ trigger, align = "start", side = "bottom", className, children, ...root }: MenuProps) {
  return (
    <Radix.Root modal={false} {...root}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content align={align} side={side} sideOffset={5} collisionPadding={8} className={cx("z-50 min-w-48 animate-lift rounded-lg border bg-raised p-1 shadow-floating", className)}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem({ icon, keys, tone, className, children, asChild, ...rest }: ComponentProps<typeof Radix.Item> & { icon?: ReactNode; keys?: ReactNode; tone?: "alert" }) {
  const classes = cx(item, tone === "alert" && "text-alert-text [&_svg]:text-alert-text", className);
  if (asChild) return <Radix.Item asChild className={classes} {...rest}>{children}</Radix.Item>;
  return (
    <Radix.Item className={classes} {...rest}>
      {icon}
      <span className="flex-1">{children}</span>
      {keys}
    </Radix.Item>
  );
}

export function MenuCheck({ children, className, ...rest }: ComponentProps<typeof Radix.CheckboxItem>) {
  return (
    <Radix.CheckboxItem className={cx(item, "pl-8", className)} {...rest}>
      <Radix.ItemIndicator className="absolute left-3"><Check aria-hidden /></Radix.ItemIndicator>
      {children}
    </Radix.CheckboxItem>
  );
}

export const MenuLine = () => <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
export const MenuLabel = ({ children }: { children: ReactNode }) => <Radix.Label className="px-2.5 pt-1.5 pb-1 text-xs text-ink-3">{children}</Radix.Label>;
