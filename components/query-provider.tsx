"use client";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ApiProblem, worthRetrying } from "./api.ts";

function signInAgain(error: unknown) {
  if (!(error instanceof ApiProblem) || error.status !== 401) return;
  const here = location.pathname + location.search;
  if (!here.startsWith("/sign-in")) location.replace(`/sign-in?to=${encodeURIComponent(here)}`);
}

const newClient = () =>
  new QueryClient({
    queryCache: new QueryCache({ onError: signInAgain }),
    defaultOptions: {
      queries: { staleTime: 15_000, gcTime: 10 * 60_000, retry: (count, error) => count < 3 && worthRetrying(error), refetchOnWindowFocus: "always", refetchOnReconnect: "always" },
      mutations: { retry: (count, error) => count < 2 && worthRetrying(error), networkMode: "always" },
    },
  });

/** Server state of live screens. A session that ended leads to sign-in and back here. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(newClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
