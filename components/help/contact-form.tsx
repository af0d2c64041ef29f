"use client";
import { Refusal, useKeptForm } from "@/components/auth/kept-form.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Textarea } from "@/components/ui/field.tsx";
import { contactAction } from "@/lib/tickets/actions.ts";
import { BeforeYouWrite } from "./before-you-write.tsx";
import { ContactSent } from "./contact-sent.tsx";

type ContactFormProps = {
  /** What was asked on the start page. */
  question: string;
  /** A customer who is signed in: name and address are known and not asked for. */
  person: { name: string; email: string } | null;
  /** Staff write for somebody whose name and address they give. */
  onBehalf: boolean;
  /** One per visit of the page, so that a double click opens one request. */
  once: string;
};

const fields = ["subject", "body", "name", "email", "requester", "requester.name", "requester.email"] as const;

/** Opens a request, for visitors and customers, with and without JavaScript. */
export function ContactForm({ question, person, onBehalf, once }: ContactFormProps) {
  const { form, done, problem, pending, typed, error } = useKeptForm(contactAction);
  if (done) return <ContactSent id={done.id} number={done.number} email={person || onBehalf ? null : typed("email")} />;
  // the door asks for the requester after all else; whichever half is missing is marked at once
  const absent = (name: string) => (problem?.errors && typed(name).trim() === "" ? "Please fill this in: we need somebody to answer to." : null);
  return (
    <div className="grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,36rem)_18rem] lg:justify-between">
      <div>
        <h1 className="text-3xl font-bold">Write to us</h1>
        <p className="mt-2 text-ink-2">{onBehalf ? "You write on behalf of a customer, who gets the receipt." : question ? "Add what we should know, and send it. A person reads it." : "Tell us what happened. A person reads it."}</p>
        <form {...form} className="mt-7 space-y-5">
          <Refusal problem={problem} fields={fields} />
          <input type="hidden" name="once" value={once} />
          <Field label="What is it about?" required error={error("subject")}>
            <Input name="subject" dimension="lg" maxLength={200} defaultValue={typed("subject", question)} autoComplete="off" />
          </Field>
          <Field label="The details" required hint="What did you do, what did you expect, and what happened instead?" error={error("body")}>
            <Textarea name="body" rows={8} maxLength={50_000} defaultValue={typed("body")} className="min-h-48 px-4 py-3 text-base" />
          </Field>
          {person ? (
            <p className="text-sm text-ink-2 [overflow-wrap:anywhere]">You write as <strong className="font-semibold text-ink">{person.name}</strong> ({person.email}).</p>
          ) : (
            <div className="grid gap-5 sm:grid-cols-2">
              <Field label={onBehalf ? "The customer’s name" : "Your name"} required error={error("name") ?? error("requester.name") ?? absent("name")}>
                <Input name="name" dimension="lg" maxLength={120} autoComplete="name" defaultValue={typed("name")} />
              </Field>
              <Field label={onBehalf ? "The customer’s email" : "Your email"} required error={error("email") ?? error("requester.email") ?? absent("email")}>
                <Input name="email" type="email" dimension="lg" maxLength={254} autoComplete="email" defaultValue={typed("email")} />
              </Field>
            </div>
          )}
          <Button type="submit" look="primary" size="lg" busy={pending}>Send</Button>
        </form>
      </div>
      <BeforeYouWrite known={person !== null} />
    </div>
  );
}
