import type { Metadata } from "next";
import { DeadLink } from "@/components/auth/dead-link.tsx";
import { Entrance } from "@/components/auth/entrance.tsx";
import { ResetForm } from "@/components/auth/reset-form.tsx";
import { deskSettings } from "@/lib/auth/service.ts";
import { first, type Query } from "../destination.ts";

export const metadata: Metadata = { title: "Choose a new password", referrer: "same-origin" };

export default async function ResetPage({ searchParams }: { searchParams: Query }) {
  const token = first((await searchParams).token);
  const { name } = await deskSettings();
  return (
    <Entrance deskName={name} title="Choose a new password">
      {token ? <ResetForm token={token} /> : <DeadLink href="/forgot" act="Ask for a link">The link in your mail is longer than this address. Open it from the mail again, or ask for a new one.</DeadLink>}
    </Entrance>
  );
}
