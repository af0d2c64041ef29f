"use client";
import Link from "next/link";
import { Button } from "@/components/ui/button.tsx";
import { resetPasswordAction } from "@/lib/auth/actions.ts";
import { Refusal, useKeptForm } from "./kept-form.tsx";
import { NewPassword } from "./new-password.tsx";

/** A new password by a mailed token. */
export function ResetForm({ token }: { token: string }) {
  const { form, outcome, problem, pending, typed, error } = useKeptForm(resetPasswordAction);
  if (outcome?.ok) {
    return (
      <div role="status">
        <p className="text-ink-2">Your new password is set, and every device is signed out.</p>
        <Button asChild look="primary" size="lg" className="mt-5 w-full"><Link href="/sign-in">Sign in with it</Link></Button>
      </div>
    );
  }
  return (
    <form {...form} className="space-y-4">
      <Refusal problem={problem} fields={["password"]} />
      <input type="hidden" name="token" value={token} />
      <NewPassword label="New password" typed={typed("password")} error={error("password")} />
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Set the new password</Button>
    </form>
  );
}
