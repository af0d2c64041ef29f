"use client";
import { useState } from "react";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";

/** A password to be chosen: said once, shown on request, free to be pasted (WCAG 3.3.8). */
export function NewPassword({ typed, error, label = "Password" }: { typed: string; error: string | null; label?: string }) {
  const [shown, setShown] = useState(false);
  const hydrated = useHydrated();
  return (
    <div className="relative">
      <Field label={label} required hint="At least 10 characters. A short sentence is easy to keep." error={error}>
        <Input name="password" type={shown ? "text" : "password"} dimension="lg" autoComplete="new-password" minLength={10} maxLength={200} defaultValue={typed} />
      </Field>
      {hydrated ? <Button look="link" aria-pressed={shown} className="absolute top-0 right-0 text-sm" onClick={() => setShown(!shown)}>{shown ? "Hide" : "Show"}</Button> : null}
    </div>
  );
}
