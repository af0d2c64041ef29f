import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DeskForm } from "@/components/settings/desk-form.tsx";
import { SettingsHead } from "@/components/settings/settings-head.tsx";
import { can, requireStaff, settingsFor } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "Desk" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/desk");
  const mayEdit = can(actor, "settings.edit");
  return (
    <>
      <SettingsHead title="Desk" lead={mayEdit ? "What holds for everybody." : "What holds for everybody. Admins change it."} />
      <DeskForm first={await settingsFor(actor)} mayEdit={mayEdit} />
    </>
  );
}
