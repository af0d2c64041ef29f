import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { DemoPeople } from "@/components/auth/demo-people.tsx";
import { Entrance } from "@/components/auth/entrance.tsx";
import { LinkForm } from "@/components/auth/link-form.tsx";
import { SignInForm } from "@/components/auth/sign-in-form.tsx";
import { Banner } from "@/components/ui/banner.tsx";
import { demoPeople, deskSettings, hasNoAdmin, requirePerson } from "@/lib/auth/service.ts";
import type { DemoPerson } from "@/lib/auth/view.ts";
import { answersForm, homeOf, ownPath, type Query } from "../destination.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: Query }) {
  const to = ownPath((await searchParams).to);
  const person = await requirePerson();
  if (person && !(await answersForm())) redirect(to ?? homeOf(person));
  const [{ name }, people, waits] = await Promise.all([deskSettings(), demoPeople(), hasNoAdmin()]);
  return (
    <Entrance deskName={name} title="Sign in" beside={people.length > 0 ? <Demo people={people} to={to ?? "/sign-in"} /> : undefined}>
      {waits ? <Banner tone="wait" className="mb-5">This desk has no admin yet. Open the one-time link that its start printed to set it up.</Banner> : null}
      <SignInForm to={to ?? "/sign-in"} />
      <details className="mt-6 border-t pt-4">
        <summary className="w-fit rounded-sm text-sm font-medium text-accent-text hover:underline">Sign in without a password</summary>
        <div className="mt-4"><LinkForm /></div>
      </details>
      <p className="mt-4 text-sm text-ink-2">New here? <Link href="/sign-up" className="rounded-sm font-medium text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current">Create an account</Link></p>
    </Entrance>
  );
}

function Demo({ people, to }: { people: DemoPerson[]; to: string }) {
  return (
    <aside aria-labelledby="demo-title" className="border-t bg-canvas px-5 py-10 sm:px-10 lg:border-t-0 lg:border-l lg:px-14 lg:py-16">
      <div className="mx-auto max-w-xl">
        <h2 id="demo-title" className="text-xl font-bold">Look around as somebody</h2>
        <p className="mt-1 mb-8 max-w-[52ch] text-ink-2">This desk is a demo: one click signs you in. Take a customer in one window and an agent in another, and let them talk.</p>
        <DemoPeople people={people} to={to} />
      </div>
    </aside>
  );
}
