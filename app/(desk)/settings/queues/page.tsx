import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { QueuesPage } from "@/components/settings/queues-page.tsx";
import { PeopleQuery } from "@/lib/auth/schema.ts";
import { can, peopleFor, queuesFor, requireStaff } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "Queues" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/queues");
  const [queues, staff] = await Promise.all([queuesFor(actor), peopleFor(actor, PeopleQuery.parse({ role: "staff", limit: 200 }))]);
  return <QueuesPage first={queues.items} staff={staff.items} mayEdit={can(actor, "queues.edit")} />;
}
