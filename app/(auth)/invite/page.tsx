import type { Metadata } from "next";
import { DeadLink } from "@/components/auth/dead-link.tsx";
import { Entrance } from "@/components/auth/entrance.tsx";
import { InvitationForm } from "@/components/auth/invitation-form.tsx";
import { deskSettings } from "@/lib/auth/service.ts";
import { first, type Query } from "../destination.ts";

export const metadata: Metadata = { title: "Invitation", referrer: "same-origin" };

export default async function InvitePage({ searchParams }: { searchParams: Query }) {
  const token = first((await searchParams).token);
  const { name } = await deskSettings();
  return (
    <Entrance deskName={name} title={`Welcome to ${name}`} lead={token ? "Choose a password, and you are in." : undefined}>
      {token ? <InvitationForm token={token} /> : <DeadLink href="/sign-in" act="Sign in">The link in your mail is longer than this address. Open it from the mail again, or ask for a new invitation.</DeadLink>}
    </Entrance>
  );
}
