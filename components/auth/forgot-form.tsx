"use client";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import { forgotPasswordAction } from "@/lib/auth/actions.ts";
import { CheckMail } from "./check-mail.tsx";
import { Refusal, useKeptForm } from "./kept-form.tsx";

export function ForgotForm() {
  const { form, done, problem, pending, typed, error } = useKeptForm(forgotPasswordAction);
  if (done) return <CheckMail email={done.email}>If this address has an account here, a link to choose a new password is on its way. It works once, for 60 minutes.</CheckMail>;
  return (
    <form {...form} className="space-y-4">
      <Refusal problem={problem} fields={["email"]} />
      <Field label="Email" required error={error("email")}>
        <Input name="email" type="email" dimension="lg" autoComplete="username" maxLength={254} defaultValue={typed("email")} />
      </Field>
      <Button type="submit" look="primary" size="lg" busy={pending} className="w-full">Send me a link</Button>
    </form>
  );
}
