"use client";
import { infiniteQueryOptions, queryOptions, useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import type { PersonView, QueueView } from "@/lib/auth/view.ts";
import type { LetterView } from "@/lib/notifications/view.ts";
import type { ClocksView } from "@/lib/sla/view.ts";
import type { MessageView, StaffTicket, TimelineEntry } from "@/lib/tickets/view.ts";
import { api, queryOf } from "../api.ts";
import type { Sending } from "../thread/message-item.tsx";
import { keys, pageSize } from "./keys.ts";
import type { Counts, InboxQuery } from "./views.ts";

export type TicketPage = { items: StaffTicket[]; nextCursor: string | null };

export const inboxOptions = (query: InboxQuery) =>
  infiniteQueryOptions({
    queryKey: keys.inbox(query),
    queryFn: ({ pageParam }) => api.get<TicketPage>(`/tickets${queryOf({ ...query, limit: pageSize, cursor: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const countsOptions = queryOptions({ queryKey: keys.counts, queryFn: () => api.get<Counts>("/tickets/counts") });
export const queuesOptions = queryOptions({ queryKey: keys.queues, staleTime: 5 * 60_000, queryFn: async () => (await api.get<{ items: QueueView[] }>("/queues?limit=200")).items });
export const staffOptions = queryOptions({ queryKey: keys.staff, staleTime: 0, queryFn: async () => (await api.get<{ items: PersonView[] }>("/users?role=staff&limit=200")).items });

export const ticketOptions = (id: string) => queryOptions({ queryKey: keys.ticket(id), queryFn: () => api.get<StaffTicket>(`/tickets/${id}`) });
export const timelineOptions = (id: string) =>
  queryOptions({ queryKey: keys.timeline(id), queryFn: async () => (await api.get<{ items: TimelineEntry[] }>(`/tickets/${id}/timeline`)).items });

export const clocksOptions = (id: string) => queryOptions({ queryKey: keys.clocks(id), queryFn: () => api.get<ClocksView>(`/tickets/${id}/clocks`) });

export const lettersOptions = (id: string) => queryOptions({ queryKey: keys.letters(id), queryFn: async () => (await api.get<{ items: LetterView[] }>(`/tickets/${id}/letters`)).items });

/** Adds messages that are not there yet, in the order of their numbers. */
export function mergeMessages(known: readonly MessageView[], more: readonly MessageView[]): MessageView[] {
  const byId = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** Fetches what came after the newest known message, so a gap closes by itself however many were missed. */
export const messagesOptions = (id: string) =>
  queryOptions({
    queryKey: keys.messages(id),
    queryFn: async ({ client }) => {
      let known = client.getQueryData<MessageView[]>(keys.messages(id)) ?? [];
      for (;;) {
        const page = await api.get<{ items: MessageView[]; nextCursor: string | null }>(`/tickets/${id}/messages${queryOf({ after: known.at(-1)?.seq ?? 0, limit: 200 })}`);
        known = mergeMessages(known, page.items);
        if (page.nextCursor === null || page.items.length === 0) return known;
      }
    },
  });

/** Fetches messages after a number anew, for links that are about to end. Without them the old ones say in words what to do. */
export async function renewMessages(client: QueryClient, id: string, after: number): Promise<void> {
  const page = await api.get<{ items: MessageView[] }>(`/tickets/${id}/messages${queryOf({ after })}`).catch(() => null);
  if (page) client.setQueryData<MessageView[]>(keys.messages(id), (known = []) => mergeMessages(known, page.items));
}

/** Messages on their way, kept outside the pane so that switching tickets does not forget them. */
export const sendingOptions = (id: string) => queryOptions<Sending[]>({ queryKey: keys.sending(id), queryFn: () => [], staleTime: Infinity, initialData: [] });

/** A ticket as any loaded list last saw it: enough to show its head at once. */
export function ticketInLists(client: QueryClient, id: string): StaffTicket | undefined {
  for (const [, data] of client.getQueriesData<InfiniteData<TicketPage>>({ queryKey: keys.inboxes })) {
    const found = data?.pages?.flatMap((page) => page.items).find((ticket) => ticket.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Puts a newer view of a ticket wherever it is shown. Lists keep their order until they are fetched again. */
export function showTicket(client: QueryClient, ticket: StaffTicket): void {
  client.setQueryData(keys.ticket(ticket.id), ticket);
  client.setQueriesData<InfiniteData<TicketPage>>({ queryKey: keys.inboxes }, (data) =>
    data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => (item.id === ticket.id ? ticket : item)) })) });
}

/** Fetches a ticket before it is opened, so that opening shows it at once. */
export function usePrefetchTicket(): (id: string) => void {
  const client = useQueryClient();
  return (id) => {
    void client.prefetchQuery({ ...ticketOptions(id), staleTime: 10_000 });
    void client.prefetchQuery({ ...messagesOptions(id), staleTime: 10_000 });
    void client.prefetchQuery({ ...timelineOptions(id), staleTime: 10_000 });
  };
}
