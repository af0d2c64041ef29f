import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Entrance } from "@/components/auth/entrance.tsx";
import { NextSteps } from "@/components/auth/next-steps.tsx";
import { deskSettings, peopleFor, queuesFor, requireStaff } from "@/lib/auth/service.ts";
import { PeopleQuery } from "@/lib/auth/schema.ts";

export const metadata: Metadata = { title: "What comes next" };

export default async function SetupNextPage() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/setup/next");
  const [{ name }, queues, staff] = await Promise.all([deskSettings(), queuesFor(actor), peopleFor(actor, PeopleQuery.parse({ role: "staff", limit: 2 }))]);
  return (
    <Entrance deskName={name} title={`${name} is open`} lead="Two things, and requests find their people by themselves.">
      <NextSteps hasQueue={queues.items.length > 0} hasColleagues={staff.items.length > 1} />
    </Entrance>
  );
}
