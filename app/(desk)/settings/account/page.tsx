import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignOutForms } from "@/components/auth/sign-out-forms.tsx";
import { SettingsHead } from "@/components/settings/settings-head.tsx";
import { rolesInWords } from "@/components/settings/words.ts";
import { Avatar } from "@/components/ui/avatar.tsx";
import { requireStaff } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "Your account" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/account");
  return (
    <>
      <SettingsHead title="Your account" lead="Who you are here, and where you are signed in." />
      <div className="flex max-w-xl items-center gap-4 rounded-lg border bg-surface p-4 shadow-raised">
        <Avatar name={actor.name} side="staff" size="lg" />
        <div className="min-w-0">
          <p className="truncate font-semibold">{actor.name}</p>
          <p className="truncate text-sm text-ink-2">{actor.email}</p>
          <p className="text-sm text-ink-3">{rolesInWords(actor.roles)}</p>
        </div>
      </div>
      <h2 className="mt-8 text-sm font-semibold">Sign out</h2>
      <p className="mt-1 mb-3 max-w-[60ch] text-sm text-ink-2">On every device means every browser, every live page and every API token of yours, at once.</p>
      <SignOutForms look="buttons" />
      <h2 className="mt-8 text-sm font-semibold">Password</h2>
      <p className="mt-1 max-w-[60ch] text-sm text-ink-2">To choose another one, sign out and use “Forgotten?” on the sign-in page.</p>
    </>
  );
}
