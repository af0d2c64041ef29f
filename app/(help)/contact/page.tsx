import type { Metadata } from "next";
import { ContactForm } from "@/components/help/contact-form.tsx";
import { requirePerson } from "@/lib/auth/service.ts";
import { first, type Query } from "../../(auth)/destination.ts";
import { newId } from "@/lib/ids.ts";

export const metadata: Metadata = { title: "Contact us" };

export default async function ContactPage({ searchParams }: { searchParams: Query }) {
  const { q } = await searchParams;
  const person = await requirePerson();
  const question = first(q).trim().slice(0, 200);
  return (
    <div className="mx-auto w-full max-w-6xl px-5 py-12 sm:py-16">
      <ContactForm question={question} person={person ? { name: person.name, email: person.email } : null} once={newId()} />
    </div>
  );
}
