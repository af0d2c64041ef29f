"use client";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { QueryProvider } from "@/components/query-provider.tsx";
import { Toasts } from "@/components/ui/toasts.tsx";
import { TooltipRoom } from "@/components/ui/tooltip.tsx";

export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange {...(nonce ? { nonce } : {})}>
      <NuqsAdapter>
        <QueryProvider>
          <TooltipRoom delayDuration={400} skipDelayDuration={200}>{children}</TooltipRoom>
        </QueryProvider>
      </NuqsAdapter>
      <Toasts />
    </ThemeProvider>
  );
}
