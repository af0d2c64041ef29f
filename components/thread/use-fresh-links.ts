"use client";
import { useEffect, useEffectEvent } from "react";
import { linkEnds } from "@/lib/link-ends.ts";
import type { MessageView } from "@/lib/tickets/view.ts";

const aheadMs = 2 * 60_000;

/**
 * Links to files end within the hour: asks for new ones shortly before, also when the page comes back into sight
 * after that. `refresh` fetches what came after a sequence number anew.
 */
export function useFreshLinks(messages: readonly MessageView[], refresh: (after: number) => void): void {
  const withFiles = messages.filter(({ attachments }) => attachments.length > 0);
  const ends = Math.min(...withFiles.flatMap(({ attachments }) => attachments.map(({ url }) => linkEnds(url))));
  const first = withFiles[0]?.seq ?? 0;
  const renew = useEffectEvent(() => {
    if (document.visibilityState === "visible" && Date.now() > ends - aheadMs) refresh(first - 1);
  });
  useEffect(() => {
    if (!Number.isFinite(ends)) return;
    const timer = setTimeout(renew, Math.max(0, ends - aheadMs - Date.now()));
    document.addEventListener("visibilitychange", renew);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", renew);
    };
  }, [ends]);
}
