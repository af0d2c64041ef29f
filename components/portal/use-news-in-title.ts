"use client";
import { useEffect, useRef } from "react";
import type { MessageView } from "@/lib/tickets/view.ts";

/** Counts in the tab's title what arrived while the tab was in the background. */
export function useNewsInTitle(title: string, messages: readonly MessageView[]): void {
  const seen = useRef(messages.length);
  useEffect(() => {
    const show = () => {
      if (document.visibilityState === "visible") seen.current = messages.length;
      const news = messages.slice(seen.current).filter((message) => !message.mine).length;
      document.title = news > 0 ? `(${news}) ${title}` : title;
    };
    show();
    document.addEventListener("visibilitychange", show);
    return () => document.removeEventListener("visibilitychange", show);
  }, [messages, title]);
}
