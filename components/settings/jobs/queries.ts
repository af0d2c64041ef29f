import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, queryOf } from "@/components/api.ts";
import type { ScheduleView } from "@/lib/sla/view.ts";
import type { TimelineEntry } from "@/lib/tickets/view.ts";
import type { JobEvent, JobFunction, JobRun, JobRunDetail, JobsPlace, Listed } from "@/lib/jobs.ts";

/** Often enough to watch a run, seldom enough to be no load; only while the page is visible. */
const calmly = 4_000;
const pageSize = 30;

export type RunFilters = { status: string | null; function: string | null; event: string | null; q: string | null };

export const jobKeys = { all: ["jobs"] as const };

export const placeOptions = queryOptions({ queryKey: [...jobKeys.all, "place"], queryFn: () => api.get<JobsPlace>("/jobs"), refetchInterval: calmly });

export const runsOptions = (filters: RunFilters) =>
  infiniteQueryOptions({
    queryKey: [...jobKeys.all, "runs", filters],
    queryFn: ({ pageParam }) => api.get<Listed<JobRun>>(`/jobs/runs${queryOf({ ...filters, limit: pageSize, cursor: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: calmly,
  });

export const runOptions = (id: string) => queryOptions({ queryKey: [...jobKeys.all, "run", id], queryFn: () => api.get<JobRunDetail>(`/jobs/runs/${id}`), refetchInterval: ({ state }) => (state.data?.status === "running" ? calmly / 2 : 5 * calmly) });

export const eventsOptions = (filters: { name: string | null; q: string | null }) =>
  infiniteQueryOptions({
    queryKey: [...jobKeys.all, "events", filters],
    queryFn: ({ pageParam }) => api.get<Listed<JobEvent>>(`/jobs/events${queryOf({ ...filters, limit: pageSize, cursor: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: calmly,
  });

export const functionsOptions = queryOptions({ queryKey: [...jobKeys.all, "functions"], queryFn: async () => (await api.get<Listed<JobFunction>>("/jobs/functions")).items, refetchInterval: 5 * calmly });

export const scheduleOptions = (ticketId: string) => queryOptions({ queryKey: [...jobKeys.all, "schedule", ticketId], queryFn: () => api.get<ScheduleView>(`/tickets/${ticketId}/schedule`), refetchInterval: 5 * calmly });

/** What a rule did, the newest first. */
export const doneOptions = (ticketId: string) =>
  queryOptions({
    queryKey: [...jobKeys.all, "done", ticketId],
    queryFn: async () => (await api.get<{ items: TimelineEntry[] }>(`/tickets/${ticketId}/timeline`)).items.filter(({ actor }) => actor.kind === "system").toReversed(),
    refetchInterval: 5 * calmly,
  });
