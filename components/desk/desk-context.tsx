"use client";
import { createContext, useContext, type ReactNode } from "react";
import type { Me } from "@/lib/auth/view.ts";
import type { RealtimeConfig } from "@/lib/realtime.ts";
import type { ViewName } from "./views.ts";

/** `claimsFrom`: queues whose unassigned tickets this person may take. */
export type DeskFacts = { me: Me; deskName: string; views: ViewName[]; claimsFrom: readonly string[]; realtime: RealtimeConfig };

const Context = createContext<DeskFacts | null>(null);

export const DeskProvider = ({ facts, children }: { facts: DeskFacts; children: ReactNode }) => <Context value={facts}>{children}</Context>;

/** Who works here and with which views; the same for the whole visit. */
export function useDesk(): DeskFacts {
  const facts = useContext(Context);
  if (!facts) throw new Error("useDesk needs the desk's layout around it");
  return facts;
}
