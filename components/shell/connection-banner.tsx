"use client";
import { CloudOff } from "lucide-react";
import { useConnection } from "../use-channel.ts";
import { cx } from "../ui/cx.ts";

/**
 * Says quietly that the page is not told of changes at once. It works on: what is on screen is asked for every few
 * seconds. It takes a place that is free, so nothing on the page moves when it comes or goes.
 */
export function ConnectionBanner({ short = false, className }: { short?: boolean; className?: string }) {
  const down = useConnection() === "down";
  return (
    <div role="status" className={className}>
      {down && (
        <p className={cx("flex animate-appear items-center gap-2 text-xs text-ink-2", !short && "rounded-md bg-sunken px-2.5 py-2")}>
          <CloudOff aria-hidden className="size-3.5 shrink-0 text-wait" />
          <span>Reconnecting.{short ? "" : " Until then this page looks for news every five seconds."}</span>
        </p>
      )}
    </div>
  );
}
