"use client";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { signInAction } from "@/lib/auth/actions.ts";
import { Arrived } from "./arrived.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";

/** Signs in with a password. */
export function SignInForm({ to }: { to: string }) {
  const { form, outcome, problem, pending, typed, error } = useKeptForm(signInAction);
  if (outcome?.ok) return <Arrived to={to} />;
  return (
    <form {...form} className="space-y-4">
      <Refusal problem={problem} fields={["email", "password"]} />
      <input type="hidden" name="to" value={to} />
      <Field label="Email" required error={error("email")}>
        <Input name="email" type="email" dimension="lg" autoComplete="username" maxLength={254} defaultValue={typed("email")} />
      </Field>
      <div className="relative">
        <Field label="Password" required error={error("password")}>
          <Input name="password" type="password" dimension="lg" autoComplete="current-password" maxLength={200} />
        </Field>
        <Link href="/forgot" className="absolute top-0 right-0 rounded-sm text-sm text-accent-text hover:underline">Forgotten?</Link>
      </div>
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Sign in</Button>
    </form>
  );
}
