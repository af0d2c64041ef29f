import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { PeoplePage } from "@/components/settings/people-page.tsx";
import { PeopleQuery } from "@/lib/auth/schema.ts";
import { can, peopleFor, queuesFor, requireStaff } from "@/lib/auth/service.ts";

export const metadata: Metadata = { title: "People" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/people");
  const [first, queues] = await Promise.all([peopleFor(actor, PeopleQuery.parse({ role: "staff" })), queuesFor(actor)]);
  return <PeoplePage first={first} queues={queues.items} meId={actor.id} mayEdit={can(actor, "people.edit")} seesCustomers={can(actor, "people.read")} />;
}
