"use client";
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { toast } from "sonner";
import type { Me } from "@/lib/auth/view.ts";
import { api, ApiProblem } from "../api.ts";

const beatMs = 30_000;
const key = ["me"] as const;
const meOptions = queryOptions({ queryKey: key, queryFn: () => api.get<Me>("/me"), staleTime: beatMs });

/** Changes whether routing may give this person tickets; shown at once, taken back when it was refused. */
export function useSetAvailability(): (state: "online" | "away") => void {
  const client = useQueryClient();
  const set = useMutation({
    mutationFn: (state: "online" | "away") => api.put<Me>("/me/availability", { state }),
    onMutate: (state) => client.setQueryData<Me>(key, (known) => known && { ...known, availability: state }),
    onError: (error) => {
      toast.error("Your availability was not changed", { description: error instanceof ApiProblem ? error.message : undefined });
      void client.invalidateQueries({ queryKey: key });
    },
  });
  return set.mutate;
}

/** Online or away, as the person chose it last. */
export function useAvailability(me: Me): "online" | "away" {
  const { data } = useQuery({ ...meOptions, initialData: me });
  return data.availability === "away" ? "away" : "online";
}

/**
 * The heartbeat that keeps a person online while a page is open. Somebody who was merely offline is online again;
 * "away" stays away until they say otherwise.
 */
export function useHeartbeat(): void {
  const client = useQueryClient();
  const beat = useEffectEvent(async () => {
    const known = await client.fetchQuery(meOptions);
    const state = known.availability === "away" ? "away" : "online";
    await api.put("/me/availability", { state });
    client.setQueryData<Me>(key, (now) => (now?.availability === "offline" ? { ...now, availability: state } : now));
  });
  useEffect(() => {
    const quietly = () => void beat().catch(() => undefined); // a missed beat is made up by the next one
    quietly();
    const timer = setInterval(quietly, beatMs);
    return () => clearInterval(timer);
  }, []);
}
