import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DeadLink } from "@/components/auth/dead-link.tsx";
import { Entrance } from "@/components/auth/entrance.tsx";
import { SetupForm } from "@/components/auth/setup-form.tsx";
import { answersForm, first, type Query } from "../(auth)/destination.ts";
import { requireStaff, setupOpen } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "Set up the desk", referrer: "same-origin" };

export default async function SetupPage({ searchParams }: { searchParams: Query }) {
  const given = first((await searchParams).token);
  const open = given !== "" && ((await answersForm()) || (await setupOpen(given)));
  if (!open) {
    if (await requireStaff()) redirect("/setup/next");
    return (
      <Entrance deskName="Twoway" title="This link is used up">
        <DeadLink href="/sign-in" act="Sign in">The desk is set up once, by the link that its first start prints. If it is set up already, sign in. If not, start it again: it prints a new link.</DeadLink>
      </Entrance>
    );
  }
  return (
    <Entrance deskName="Twoway" title="Set up your desk" lead="Two minutes. Everything can be changed later.">
      <SetupForm token={given} />
    </Entrance>
  );
}
