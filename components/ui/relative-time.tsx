"use client";
import { useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "./time-words.ts";

const stepMs = 20_000;
const listeners = new Set<() => void>();
let timer = 0;

function onTick(listener: () => void): () => void {
  listeners.add(listener);
  if (listeners.size === 1) timer = window.setInterval(() => listeners.forEach((each) => each()), stepMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) window.clearInterval(timer);
  };
}

const nowMs = () => Math.ceil(Date.now() / stepMs) * stepMs;

/** The current time in ms, renewed every 20 s for everything on the page at once. */
export const useNow = (): number => useSyncExternalStore(onTick, nowMs, nowMs);

/** "5 min ago", with the exact time in the reader's zone on hover. Server and browser may differ by a step, hence no warning. */
export function RelativeTime({ at, short = false, className }: { at: string; short?: boolean; className?: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exactTime(at)} className={className} suppressHydrationWarning>
      {relativeTime(at, now, short)}
    </time>
  );
}
