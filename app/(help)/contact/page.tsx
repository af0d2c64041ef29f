import type { Metadata } from "next";
import { ContactForm } from "@/components/help/contact-form.tsx";
import { isStaff, requirePerson } from "@/lib/auth/service.ts";
import { first, type Query } from "../../(auth)/destination.ts";
import { newId } from "@/lib/ids.ts";

export const metadata: Metadata = { title: "Contact us" };

export default async function ContactPage({ searchParams }: { searchParams: Query }) {
  const { q } = await searchParams;
  const actor = await requirePerson();
  const onBehalf: boolean = actor !== null && isStaff(actor);
  const person = actor && !onBehalf ? { name: actor.name, email: actor.email } : null;
  const question = first(q).trim().slice(0, 200);
  return (
    <div className="mx-auto w-full max-w-6xl px-5 py-12 sm:py-16">
      <ContactForm question={question} person={person} onBehalf={onBehalf} once={newId()} />
    </div>
  );
}
