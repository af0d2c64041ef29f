import type { Metadata } from "next";
import { DeadLink } from "@/components/auth/dead-link.tsx";
import { Entrance } from "@/components/auth/entrance.tsx";
import { UseLinkForm } from "@/components/auth/use-link-form.tsx";
import { deskSettings } from "@/lib/auth/service.ts";
import { first, ownPath, type Query } from "../destination.ts";

export const metadata: Metadata = { title: "Sign in", referrer: "same-origin" };

export default async function LinkPage({ searchParams }: { searchParams: Query }) {
  const { token, to } = await searchParams;
  const path = ownPath(to);
  const { name } = await deskSettings();
  const lead = path?.startsWith("/my/") ? "This confirms that the address is yours, signs you in, and opens your request." : "This confirms that the address is yours, and signs you in.";
  return (
    <Entrance deskName={name} title="One more click" lead={first(token) ? lead : undefined}>
      {first(token) ? <UseLinkForm token={first(token)} to={path ?? "/sign-in"} /> : <DeadLink href="/sign-in" act="Sign in">The link in your mail is longer than this address. Open it from the mail again, or ask for a new one.</DeadLink>}
    </Entrance>
  );
}
