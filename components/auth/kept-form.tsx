"use client";
import { useActionState, useEffect, useRef, useState, type FormEvent } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { Outcome } from "@/lib/door.ts";
import type { Problem } from "@/lib/errors.ts";

export type FormAction<Value> = (before: Outcome<Value> | null, form: FormData) => Promise<Outcome<Value>>;

const textOf = (form: FormData) => Object.fromEntries([...form].filter((pair): pair is [string, string] => typeof pair[1] === "string" && !pair[0].startsWith("$")));

/** A rule as a sentence under its field. What was left out is said plainly. */
function sentence(message: string): string {
  if (message.startsWith("Invalid input") || message === "must not be empty") return "Please fill this in.";
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? "" : "."}`;
}

/**
 * A form that posts to a server action, with or without JavaScript, and keeps what was typed when it is
 * refused: React empties a form after its action, so the fields start again from what was sent.
 * `without`: the page that answers when there is no JavaScript, where it is not this one.
 * After a refusal the first wrong field (or the sentence that says why) has the focus.
 */
export function useKeptForm<Value>(action: FormAction<Value>, without?: string) {
  const [outcome, act, pending] = useActionState(action, null, without);
  const [sent, setSent] = useState<Record<string, string>>({});
  const hydrated = useHydrated();
  const ref = useRef<HTMLFormElement>(null);
  const problem = outcome && !outcome.ok ? outcome.problem : null;
  const typed = outcome && !outcome.ok ? { ...outcome.input, ...sent } : sent;

  useEffect(() => {
    if (!problem) return;
    const form = ref.current;
    (form?.querySelector<HTMLElement>("[aria-invalid=true]") ?? form?.querySelector<HTMLElement>("[data-problem]"))?.focus();
  }, [problem]);

  const error = (name: string): string | null => {
    const found = problem?.errors?.find((each) => each.path === name);
    return found ? sentence(found.message) : null;
  };
  return {
    form: { ref, action: act, noValidate: hydrated, onSubmit: (event: FormEvent<HTMLFormElement>) => setSent(textOf(new FormData(event.currentTarget))) },
    done: outcome?.ok ? outcome.value : null,
    outcome,
    problem,
    pending,
    typed: (name: string, first = "") => typed[name] ?? first,
    error,
  };
}

/** Why the form was refused, where no field of its own says it already. */
export function Refusal({ problem, fields = [] }: { problem: Problem | null; fields?: readonly string[] }) {
  if (!problem) return null;
  const said = problem.errors?.length && problem.errors.every((error) => fields.includes(error.path));
  if (said) return null;
  return <div tabIndex={-1} data-problem className="rounded-md"><Banner tone="alert">{problem.detail}</Banner></div>;
}
