"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useNoticeCenter } from "../notices/center.tsx";
import { useDesk } from "./desk-context.tsx";
import { countsOptions } from "./queries.ts";

/** The tab's title, with the number of unread tickets or notices in front, whichever is larger: most news is both. */
export function useTabTitle(title: string): void {
  const { deskName } = useDesk();
  const { data: counts } = useQuery(countsOptions);
  const unread = Math.max(counts?.unread ?? 0, useNoticeCenter().unread);
  const wanted = `${unread > 0 ? `(${unread}) ` : ""}${title} · ${deskName}`;
  useEffect(() => {
    const put = () => { if (document.title !== wanted) document.title = wanted; };
    put();
    // the page's own title arrives late when it is streamed, and would stay
    const watcher = new MutationObserver(put);
    watcher.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => watcher.disconnect();
  }, [wanted]);
}
