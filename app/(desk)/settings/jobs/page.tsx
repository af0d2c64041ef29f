import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { JobsPage } from "@/components/settings/jobs/jobs-page.tsx";
import { can, requireStaff } from "@/lib/auth/service.ts";
import { AppError } from "@/lib/errors.ts";
import { jobsFor } from "@/lib/jobs.ts";

export const metadata: Metadata = { title: "Jobs" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/jobs");
  if (!can(actor, "jobs.operate")) redirect("/settings");
  const first = await jobsFor(actor).catch((error: unknown) => {
    // The page says itself that the service is away, and asks again.
    if (error instanceof AppError && error.kind === "unavailable") return null;
    throw error;
  });
  return <JobsPage first={first} />;
}
