"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ComponentProps, CSSProperties, ReactNode } from "react";
import { Button } from "./button.tsx";
import { cx } from "./cx.ts";

export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

type DialogProps = ComponentProps<typeof Radix.Root> & {
  title: string;
  description?: ReactNode;
  hideTitle?: boolean;
  trigger?: ReactNode;
  footer?: ReactNode;
  className?: string;
};

/** A dialog over the page: titled, closed by Escape, focus kept inside and given back. At phone width it rises from the bottom. */
export function Dialog({ title, description, hideTitle = false, trigger, footer, className, children, ...root }: DialogProps) {
  return (
    <Radix.Root {...root}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-shade" />
        <Radix.Content
          {...(description ? {} : { "aria-describedby": undefined })}
          className={cx(
            "fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[88dvh] w-full animate-lift flex-col rounded-t-xl border bg-raised shadow-floating outline-none sm:top-[14dvh] sm:bottom-auto sm:max-h-[72dvh] sm:max-w-md sm:rounded-xl",
            className,
          )}
        >
          <header className={cx("px-5 pt-4 pr-12 pb-1", hideTitle && "sr-only")}>
            <Radix.Title className="text-lg font-semibold text-ink">{title}</Radix.Title>
            {description && <Radix.Description className="mt-0.5 text-sm text-ink-2">{description}</Radix.Description>}
          </header>
          <div className={cx("min-h-0 flex-1 overflow-y-auto", hideTitle ? "" : "px-5 py-3")}>{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{footer}</footer>}
          {/* last, so that what opens first is the first field and not the way out */}
          {!hideTitle && <Radix.Close asChild><Button look="quiet" size="sm" square aria-label="Close" className="absolute top-3.5 right-3.5"><X aria-hidden /></Button></Radix.Close>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

type DrawerProps = ComponentProps<typeof Radix.Root> & Pick<ComponentProps<typeof Radix.Content>, "onOpenAutoFocus" | "onCloseAutoFocus"> & { title: string; side?: "left" | "right"; className?: string };

/** A panel that slides over the page from one side: navigation and details on narrow screens. */
export function Drawer({ title, side = "left", className, children, onOpenAutoFocus, onCloseAutoFocus, ...root }: DrawerProps) {
  return (
    <Radix.Root {...root}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          {...(onOpenAutoFocus ? { onOpenAutoFocus } : {})}
          {...(onCloseAutoFocus ? { onCloseAutoFocus } : {})}
          style={{ "--from": side === "left" ? "-16px" : "16px" } as CSSProperties}
          className={cx("fixed inset-y-0 z-50 flex w-[min(20rem,88vw)] animate-drawer flex-col overflow-y-auto bg-surface shadow-floating outline-none", side === "left" ? "left-0 border-r" : "right-0 border-l", className)}
        >
          <Radix.Title className="sr-only">{title}</Radix.Title>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
