"use client";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { signUpAction } from "@/lib/auth/actions.ts";
import { CheckMail } from "./check-mail.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";
import { NewPassword } from "./new-password.tsx";

/** A customer's account; the mailed link finishes it. */
export function SignUpForm() {
  const { form, done, problem, pending, typed, error } = useKeptForm(signUpAction);
  if (done) return <CheckMail email={done.email}>We sent a link that confirms your address and signs you in. It works once, for 15 minutes.</CheckMail>;
  return (
    <form {...form} className="space-y-4">
      <Refusal problem={problem} fields={["name", "email", "password"]} />
      <Field label="Your name" required error={error("name")}>
        <Input name="name" dimension="lg" autoComplete="name" maxLength={120} defaultValue={typed("name")} />
      </Field>
      <Field label="Email" required error={error("email")}>
        <Input name="email" type="email" dimension="lg" autoComplete="username" maxLength={254} defaultValue={typed("email")} />
      </Field>
      <NewPassword typed={typed("password")} error={error("password")} />
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Create the account</Button>
    </form>
  );
}
