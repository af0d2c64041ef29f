import type { Metadata } from "next";
import { BeforeYouWrite } from "@/components/help/before-you-write.tsx";
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
    <div className="mx-auto grid w-full max-w-6xl gap-x-16 gap-y-12 px-5 py-12 sm:py-16 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <ContactForm question={question} person={person ? { name: person.name, email: person.email } : null} once={newId()} />
      <BeforeYouWrite known={person !== null} />
    </div>
  );
}
