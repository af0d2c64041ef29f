"use client";
import { useEffect } from "react";

/** Leaves for another page of the desk by loading it afresh: nothing of the person before stays in memory. */
export const loadAfresh = (to: string): void => window.location.assign(to);

/** Once somebody is in, `to` is loaded afresh. */
export function useArrival(arrived: boolean, to: string): void {
  useEffect(() => {
    if (arrived) loadAfresh(to);
  }, [arrived, to]);
}
