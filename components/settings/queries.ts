"use client";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { CalendarView, PolicyView, PreviewView } from "@/lib/sla/view.ts";
import { api } from "../api.ts";

export const policiesOptions = queryOptions({ queryKey: ["service levels", "policies"], queryFn: async () => (await api.get<{ items: PolicyView[] }>("/sla-policies")).items });
export const calendarsOptions = queryOptions({ queryKey: ["service levels", "calendars"], queryFn: async () => (await api.get<{ items: CalendarView[] }>("/calendars")).items });

/** When tickets would be due under rules that need not be saved; what was shown stays until the new answer is there. Refusals are shown beside the fields, so nothing is tried again. */
export const previewOptions = (asked: object) => queryOptions({ queryKey: ["service levels", "preview", asked], queryFn: () => api.ask<PreviewView>("/sla-policies/preview", asked), placeholderData: keepPreviousData, staleTime: 30_000, retry: false });
