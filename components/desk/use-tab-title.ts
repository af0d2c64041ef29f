"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useDesk } from "./desk-context.tsx";
import { countsOptions } from "./queries.ts";

/** The tab's title, with the number of unread tickets in front while there are any. */
export function useTabTitle(title: string): void {
  const { deskName } = useDesk();
  const { data: counts } = useQuery(countsOptions);
  const unread = counts?.unread ?? 0;
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${title} · ${deskName}`;
  }, [unread, title, deskName]);
}
