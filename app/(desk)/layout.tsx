import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { DeskFrame } from "@/components/desk/desk-frame.tsx";
import { DeskProvider } from "@/components/desk/desk-context.tsx";
import { viewsFor } from "@/components/desk/views.ts";
import { deskSettings, isStaff, meFor, requirePerson } from "@/lib/auth/service.ts";
import { realtimeConfig } from "@/lib/realtime.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await deskSettings();
  return { title: { default: name, template: `%s · ${name}` } };
}

export default async function DeskLayout({ children }: { children: ReactNode }) {
  const actor = await requirePerson();
  if (!actor) redirect("/sign-in?to=/desk");
  if (!isStaff(actor)) redirect("/my");
  const [me, settings] = await Promise.all([meFor(actor), deskSettings()]);
  const { claimsFrom } = actor;
  return (
    <DeskProvider facts={{ me, deskName: settings.name, views: viewsFor(me, claimsFrom.length > 0), claimsFrom, realtime: realtimeConfig() }}>
      <DeskFrame>{children}</DeskFrame>
    </DeskProvider>
  );
}
