import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { PolicyEditor } from "@/components/settings/policies/policy-editor.tsx";
import { ServiceLevelsHead } from "@/components/settings/service-levels-head.tsx";
import { can, queuesFor, requireStaff } from "@/lib/auth/service.ts";
import { calendarsFor, policiesFor } from "@/lib/sla/service.ts";

export const metadata: Metadata = { title: "Policy" };

export default async function Page({ params }: PageProps<"/settings/service-levels/policies/[id]">) {
  const { id } = await params;
  const actor = await requireStaff();
  if (!actor) redirect(`/sign-in?to=/settings/service-levels/policies/${encodeURIComponent(id)}`);
  const mayEdit = can(actor, "settings.edit");
  const [policies, calendars, queues] = await Promise.all([policiesFor(actor), calendarsFor(actor), queuesFor(actor)]);
  const policy = policies.items.find((each) => each.id === id) ?? null;
  if (!policy && (id !== "new" || !mayEdit)) notFound();
  return (
    <>
      <ServiceLevelsHead title={policy?.name ?? "A new policy"} lead="How soon requests are answered and solved, by priority." />
      <PolicyEditor key={`${id} ${policy?.version ?? 0}`} policy={policy} calendars={calendars.items} queues={queues.items} others={policies.items.filter((each) => each.id !== id)} mayEdit={mayEdit} />
    </>
  );
}
