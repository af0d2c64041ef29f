"use client";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { useLinkAction as spendLink } from "@/lib/auth/actions.ts";
import { Arrived } from "./arrived.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";

/** A mailed link is used up by this button, never by loading the page: mail programs look at links before people do. */
export function UseLinkForm({ token, to }: { token: string; to: string }) {
  const { form, outcome, problem, pending } = useKeptForm(spendLink);
  if (outcome?.ok) return <Arrived to={to} />;
  return (
    <form {...form} className="space-y-4">
      <Refusal problem={problem} />
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="to" value={to} />
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Continue</Button>
      {problem ? <p className="text-sm text-ink-2">Links work once and for a while. <Link href="/sign-in" className="rounded-sm text-accent-text underline underline-offset-3">Ask for a new one</Link></p> : null}
    </form>
  );
}
