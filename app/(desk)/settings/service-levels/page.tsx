import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ServiceLevelsPage } from "@/components/settings/service-levels-page.tsx";
import { can, queuesFor, requireStaff } from "@/lib/auth/service.ts";
import { calendarsFor, policiesFor } from "@/lib/sla/service.ts";

export const metadata: Metadata = { title: "Service levels" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/service-levels");
  const [policies, calendars, queues] = await Promise.all([policiesFor(actor), calendarsFor(actor), queuesFor(actor)]);
  return <ServiceLevelsPage policies={policies.items} calendars={calendars.items} queues={queues.items} mayEdit={can(actor, "settings.edit")} />;
}
