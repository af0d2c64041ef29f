"use client";
import { useEffect, useRef, useState } from "react";
import { api, ApiProblem } from "@/components/api.ts";
import type { WhatIfView } from "@/lib/sla/view.ts";

type Line = { looked: number; of: number } | WhatIfView;
export type Trial = { asked: string; looked: number; of: number; result: WhatIfView | null; failed: string | null };

/** Tries rules on the past, line by line; one trial at a time, ended when its reader leaves. */
export function useWhatIf() {
  const [trial, setTrial] = useState<Trial | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(asked: object) {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    const begun: Trial = { asked: JSON.stringify(asked), looked: 0, of: 0, result: null, failed: null };
    setTrial(begun);
    try {
      for await (const line of api.lines<Line>("/sla-policies/what-if", asked, control.signal)) setTrial({ ...begun, looked: line.looked, of: line.of, result: "clocks" in line ? line : null });
    } catch (error) {
      // edge: cancelled by the reader, or told in the panel; what was being edited stays
      if (!control.signal.aborted) setTrial({ ...begun, failed: error instanceof ApiProblem ? error.message : "The answer broke off. Please try again." });
    }
  }
  function cancel() {
    running.current?.abort();
    setTrial(null);
  }
  return { trial, run, cancel };
}
