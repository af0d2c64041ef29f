"use client";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { acceptInvitationAction } from "@/lib/auth/actions.ts";
import { Arrived } from "./arrived.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";
import { NewPassword } from "./new-password.tsx";

/** Name and password of somebody who was invited; signs them in. */
export function InvitationForm({ token }: { token: string }) {
  const { form, outcome, problem, pending, typed, error } = useKeptForm(acceptInvitationAction);
  if (outcome?.ok) return <Arrived to="/desk" />;
  return (
    <form {...form} className="space-y-4">
      <Refusal problem={problem} fields={["name", "password"]} />
      <input type="hidden" name="token" value={token} />
      <Field label="Your name" optional hint="As customers will read it. Leave it empty to keep the one you were invited with." error={error("name")}>
        <Input name="name" dimension="lg" autoComplete="name" maxLength={120} defaultValue={typed("name")} />
      </Field>
      <NewPassword typed={typed("password")} error={error("password")} />
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Join the desk</Button>
    </form>
  );
}
