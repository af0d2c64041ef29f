"use client";
import { Toaster } from "sonner";

/** Where `toast()` of sonner appears: a live region, out of the composer's way. */
export function Toasts() {
  return (
    <Toaster
      position="bottom-left"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: "flex w-[min(22rem,calc(100vw-2rem))] items-start gap-2.5 rounded-lg border bg-raised px-3.5 py-3 font-sans text-sm text-ink shadow-floating",
          title: "font-medium",
          description: "mt-0.5 text-ink-2",
          icon: "mt-0.5 shrink-0 text-ink-3",
          error: "[&_[data-icon]]:text-alert-text",
          success: "[&_[data-icon]]:text-good-text",
          actionButton: "ml-auto shrink-0 rounded-sm px-2 py-0.5 font-medium text-accent-text hover:bg-hover",
          closeButton: "hidden",
        },
      }}
    />
  );
}
