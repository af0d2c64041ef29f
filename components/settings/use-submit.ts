"use client";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { ApiProblem } from "../api.ts";

/** Sends a form to the API once at a time, and keeps the refusal for the fields it is about; the first of them gets the focus. */
export function useSubmit(run: () => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (problem) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [problem]);

  async function submit(event?: FormEvent) {
    event?.preventDefault();
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await run();
    } catch (error) {
      // edge: the person reads the refusal beside the field; anything else is a fault and goes on
      if (!(error instanceof ApiProblem)) throw error;
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  /** The rule that a field broke, as a sentence. */
  function error(...paths: string[]): string | null {
    const found = problem?.errors.find((each) => paths.some((path) => each.path === path || each.path.startsWith(`${path}.`)));
    if (!found) return null;
    const rule = found.message.startsWith("Invalid input") || found.message === "must not be empty" ? "please fill this in" : found.message;
    return `${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`;
  }

  return { form, busy, submit, error, forget: () => setProblem(null), general: problem && problem.errors.length === 0 ? problem.message : null };
}
