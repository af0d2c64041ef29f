"use client";
import { Refusal, useKeptForm } from "@/components/auth/kept-form.tsx";
import { DropZone } from "@/components/thread/drop-zone.tsx";
import { pastedFiles } from "@/components/thread/attach-button.tsx";
import { uploadsPending } from "@/components/thread/upload-list.tsx";
import { addFiles, useUploads } from "@/components/thread/uploads.ts";
import { Button } from "@/components/ui/button.tsx";
import { Field, Input, Textarea } from "@/components/ui/field.tsx";
import { contactAction } from "@/lib/tickets/actions.ts";
import { BeforeYouWrite } from "./before-you-write.tsx";
import { ContactSent } from "./contact-sent.tsx";
import { FileField } from "./file-field.tsx";

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

const fields = ["subject", "body", "name", "email", "requester", "requester.name", "requester.email", "attachmentIds"] as const;

/** Opens a request, for visitors and customers, with and without JavaScript. */
export function ContactForm({ question, person, onBehalf, once }: ContactFormProps) {
  const { form, done, problem, pending, typed, error } = useKeptForm(contactAction);
  const place = `form.${once}`;
  const unfinished = uploadsPending(useUploads(place));
  if (done) return <ContactSent id={done.id} number={done.number} email={person || onBehalf ? null : typed("email")} />;
  // the door asks for the requester after all else; whichever half is missing is marked at once
  const absent = (name: string) => (problem?.errors && typed(name).trim() === "" ? "Please fill this in: we need somebody to answer to." : null);
  const lost = problem?.errors?.find(({ path }) => /^(attachmentIds|files)/.test(path)) ? "One of the files is no longer there. Remove it and add it again." : null;
  return (
    <div className="grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,36rem)_18rem] lg:justify-between">
      <div>
        <h1 className="text-3xl font-bold">Write to us</h1>
        <p className="mt-2 text-ink-2">{onBehalf ? "You write on behalf of a customer, who gets the receipt." : question ? "Add what we should know, and send it. A person reads it." : "Tell us what happened. A person reads it."}</p>
        <DropZone place={place} words="Drop files to send them along" className="mt-7">
          <form
            {...form}
            onPaste={(event) => {
              const files = pastedFiles(event.clipboardData);
              if (files.length > 0) event.preventDefault();
              addFiles(place, files);
            }}
            className="space-y-5"
          >
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
            <FileField place={place} error={lost} />
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <Button type="submit" look="primary" size="lg" busy={pending} disabled={unfinished !== null}>Send</Button>
              <p role="status" className="text-sm text-ink-2">{unfinished}</p>
            </div>
          </form>
        </DropZone>
      </div>
      <BeforeYouWrite known={person !== null} />
    </div>
  );
}
