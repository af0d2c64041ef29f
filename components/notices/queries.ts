"use client";
import { infiniteQueryOptions, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import type { NoticesView, NoticeView } from "@/lib/notifications/view.ts";
import { api, queryOf } from "../api.ts";
import { keys } from "../desk/keys.ts";

/** Notices fetched at once: what the tallest window shows. */
const pageSize = 30;

export const noticesOptions = infiniteQueryOptions({
  queryKey: keys.notices,
  queryFn: ({ pageParam }) => api.get<NoticesView>(`/me/notifications${queryOf({ limit: pageSize, cursor: pageParam })}`),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
});

export const noticesIn = (data: InfiniteData<NoticesView> | undefined): NoticeView[] => data?.pages.flatMap((page) => page.items) ?? [];
export const unreadIn = (data: InfiniteData<NoticesView> | undefined): number => data?.pages[0]?.unread ?? 0;

/** Shows notices as read at once. Answers their ids. */
function showRead(client: QueryClient, which: (notice: NoticeView) => boolean): string[] {
  const ids = noticesIn(client.getQueryData(keys.notices)).filter((notice) => !notice.read && which(notice)).map(({ id }) => id);
  if (ids.length === 0) return ids;
  client.setQueryData<InfiniteData<NoticesView>>(keys.notices, (data) =>
    data && { ...data, pages: data.pages.map((page) => ({ ...page, unread: Math.max(0, page.unread - ids.length), items: page.items.map((item) => (ids.includes(item.id) ? { ...item, read: true } : item)) })) });
  return ids;
}

/** Asks the desk how it stands: the next look does as well, should this one fail. */
const askAgain = (client: QueryClient) => void client.invalidateQueries({ queryKey: keys.notices });

/** Marks notices as read. */
export async function readNotices(client: QueryClient, which: (notice: NoticeView) => boolean): Promise<void> {
  const ids = showRead(client, which);
  if (ids.length > 0) await api.put("/me/notifications/read", { ids }).finally(() => askAgain(client));
}

/** Marks as read all that were there when the list was fetched, also those that are not on the page. */
export async function readAllNotices(client: QueryClient): Promise<void> {
  const newest = noticesIn(client.getQueryData(keys.notices))[0];
  showRead(client, () => true);
  if (newest) await api.put("/me/notifications/read", { before: newest.at }).finally(() => askAgain(client));
}

/** The desk has marked what was told of a ticket as read, for it was opened. */
export function noteTicketRead(client: QueryClient, ticketId: string): void {
  if (showRead(client, ({ ticket }) => ticket?.id === ticketId).length > 0) askAgain(client);
}
