"use client";
import { useRouter } from "next/navigation";
import { useState, type FormEvent } from "react";
import { api, ApiProblem, queryOf } from "@/components/api.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";

/** Leads from a ticket's number to what is scheduled for it. */
export function TicketFinder() {
  const router = useRouter();
  const hydrated = useHydrated();
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function find(event: FormEvent) {
    event.preventDefault();
    const number = Number(/^\s*#?\s*(\d{1,15})\s*$/.exec(typed)?.[1]);
    if (!number) return setProblem("A ticket’s number, as #1042.");
    setBusy(true);
    setProblem(null);
    try {
      const { items } = await api.get<{ items: { id: string; number: number }[] }>(`/tickets${queryOf({ q: String(number), limit: 200 })}`);
      const found = items.find((ticket) => ticket.number === number);
      if (found) router.push(`/settings/jobs/tickets/${found.id}`);
      else setProblem(`There is no ticket #${number}.`);
    } catch (error) {
      // edge: the reader sees why and may search again
      setProblem(error instanceof ApiProblem ? error.message : "That did not work. Please try again.");
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={(event) => void find(event)} noValidate className="rounded-lg border bg-surface p-5 shadow-raised">
      <Field label="Ticket number" hint="What the desk will do by itself on a ticket, what it did, what it sent, and which jobs ran for it." error={problem}>
        <span className="flex max-w-xs gap-2">
          <Input inputMode="numeric" placeholder="#1042" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
          <Button type="submit" look="primary" className="h-9" busy={busy} disabled={!hydrated}>Show</Button>
        </span>
      </Field>
    </form>
  );
}
