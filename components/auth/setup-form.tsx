"use client";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { setupAction } from "@/lib/auth/actions.ts";
import { Arrived } from "./arrived.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";
import { NewPassword } from "./new-password.tsx";

/** Names the desk and makes its first person. */
export function SetupForm({ token }: { token: string }) {
  const { form, outcome, problem, pending, typed, error } = useKeptForm(setupAction);
  if (outcome?.ok) return <Arrived to="/setup/next" />;
  return (
    <form {...form} className="space-y-8">
      <Refusal problem={problem} fields={["deskName", "name", "email", "password"]} />
      <input type="hidden" name="token" value={token} />
      <fieldset className="space-y-4">
        <legend className="mb-3 text-sm font-semibold">The desk</legend>
        <Field label="Its name" required hint="Customers read it on the help center and in every mail." error={error("deskName")}>
          <Input name="deskName" dimension="lg" maxLength={120} autoComplete="organization" placeholder="Acme Support" defaultValue={typed("deskName")} />
        </Field>
      </fieldset>
      <fieldset className="space-y-4">
        <legend className="mb-3 text-sm font-semibold">You, its first admin</legend>
        <Field label="Your name" required error={error("name")}>
          <Input name="name" dimension="lg" autoComplete="name" maxLength={120} defaultValue={typed("name")} />
        </Field>
        <Field label="Email" required error={error("email")}>
          <Input name="email" type="email" dimension="lg" autoComplete="username" maxLength={254} defaultValue={typed("email")} />
        </Field>
        <NewPassword typed={typed("password")} error={error("password")} />
      </fieldset>
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Open the desk</Button>
    </form>
  );
}
