"use client";
import { useQuery } from "@tanstack/react-query";
import { staffOptions } from "./queries.ts";

/** Names of those who may read a ticket because a note mentioned them. */
export function Watchers({ ids }: { ids: readonly string[] }) {
  const { data: staff = [] } = useQuery({ ...staffOptions, staleTime: 60_000 });
  const names = ids.map((id) => staff.find((person) => person.id === id)?.name ?? "…");
  return <span className="py-1.5 text-sm/5 wrap-anywhere">{names.join(", ")}</span>;
}
