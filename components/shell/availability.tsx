"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import { toast } from "sonner";
import type { Me } from "@/lib/auth/view.ts";
import { api, ApiProblem } from "../api.ts";

const beatMs = 30_000;
const key = ["me"] as const;

/**
 * Whether routing may give this person tickets, and the heartbeat that keeps it true while a page is open. Somebody
 * who was merely offline is online again; "away" stays away until they say otherwise.
 */
export function useAvailability(me: Me) {
  const client = useQueryClient();
  const { data } = useQuery({ queryKey: key, queryFn: () => api.get<Me>("/me"), initialData: me, staleTime: beatMs });
  const set = useMutation({
    mutationFn: (state: "online" | "away") => api.put<Me | undefined>("/me/availability", { state }),
    onMutate: (state) => client.setQueryData<Me>(key, (known) => known && { ...known, availability: state }),
    onError: (error) => {
      toast.error("Your availability was not changed", { description: error instanceof ApiProblem ? error.message : undefined });
      void client.invalidateQueries({ queryKey: key });
    },
  });
  const beat = useEffectEvent(async () => {
    const known = await client.fetchQuery({ queryKey: key, queryFn: () => api.get<Me>("/me"), staleTime: beatMs });
    await api.put("/me/availability", { state: known.availability === "away" ? "away" : "online" });
    if (known.availability === "offline") client.setQueryData<Me>(key, { ...known, availability: "online" });
  });
  useEffect(() => {
    const quietly = () => void beat().catch(() => undefined); // a missed beat is made up by the next one
    quietly();
    const timer = setInterval(quietly, beatMs);
    return () => clearInterval(timer);
  }, []);
  return { state: data.availability === "away" ? ("away" as const) : ("online" as const), set: set.mutate };
}
