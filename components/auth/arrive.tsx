"use client";
import { useEffect } from "react";

/** Once somebody is in (or out), the page is loaded afresh at `to`: nothing of the person before stays in memory. */
export function useArrival(arrived: boolean, to: string): void {
  useEffect(() => {
    if (arrived) window.location.assign(to);
  }, [arrived, to]);
}
