import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo.tsx";
import { TwoWays } from "./two-ways.tsx";

/** The frame of the pages one passes to get in: a narrow column, and beside it what the page gives (or the two ways). */
export function Entrance({ deskName, title, lead, beside, children }: { deskName: string; title: string; lead?: ReactNode; beside?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(26rem,1fr)_minmax(0,1.15fr)]">
      <div className="flex flex-col bg-surface px-5 py-5 sm:px-10">
        <header><Link href="/" className="flex w-fit max-w-full rounded-sm"><Logo name={deskName} /></Link></header>
        <main className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center py-12">
          <h1 className="text-2xl font-bold">{title}</h1>
          {lead ? <p className="mt-2 text-ink-2">{lead}</p> : null}
          <div className="mt-7">{children}</div>
        </main>
      </div>
      {beside ?? <TwoWays className="border-l bg-canvas" />}
    </div>
  );
}
