"use client";
import { CloudOff } from "lucide-react";
import { useConnection } from "../use-channel.ts";

/** Says quietly that the page is not told of changes at once. It works on: what is on screen is asked for every few seconds. */
export function ConnectionBanner() {
  const down = useConnection() === "down";
  return (
    <div role="status">
      {down && (
        <p className="flex animate-appear items-center justify-center gap-2 border-b bg-sunken px-3 py-1 text-xs text-ink-2">
          <CloudOff aria-hidden className="size-3.5 shrink-0 text-wait" />
          Reconnecting. Until then this page looks for news every five seconds.
        </p>
      )}
    </div>
  );
}
