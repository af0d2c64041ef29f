"use client";
import { Command } from "cmdk";
import { Search } from "lucide-react";
import type { ComponentProps } from "react";

export const commandItem = "flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm text-ink select-none data-[disabled=true]:opacity-50 data-[selected=true]:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-3";

/** The input above a list of commands. */
export function CommandField(props: ComponentProps<typeof Command.Input>) {
  return (
    <div className="flex h-12 items-center gap-2.5 border-b px-4">
      <Search aria-hidden className="size-4 shrink-0 text-ink-3" />
      <Command.Input autoFocus className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-3" {...props} />
    </div>
  );
}
