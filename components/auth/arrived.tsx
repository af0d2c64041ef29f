"use client";
import { useEffect } from "react";
import { Button } from "@/components/ui/button.tsx";

/** Leaves for another page of the desk by loading it afresh: nothing of the person before stays in memory. */
export const loadAfresh = (to: string): void => window.location.assign(to);

/** In place of a form that let somebody in: goes on to `to`, with or without JavaScript. */
export function Arrived({ to }: { to: string }) {
  useEffect(() => loadAfresh(to), [to]);
  return (
    <div role="status">
      <noscript><meta httpEquiv="refresh" content={`0;url=${to}`} /></noscript>
      <p className="text-ink-2">You are signed in.</p>
      <Button asChild look="primary" size="lg" className="mt-4 w-full"><a href={to}>Go on</a></Button>
    </div>
  );
}
