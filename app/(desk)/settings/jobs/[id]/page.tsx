import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { RunPage } from "@/components/settings/jobs/run-page.tsx";
import { can, requireStaff } from "@/lib/auth/service.ts";
import { AppError } from "@/lib/errors.ts";
import { runFor, RunId } from "@/lib/jobs.ts";

export const metadata: Metadata = { title: "Run" };

export default async function Page({ params }: PageProps<"/settings/jobs/[id]">) {
  const { id } = await params;
  const actor = await requireStaff();
  if (!actor) redirect(`/sign-in?to=/settings/jobs/${id}`);
  if (!can(actor, "jobs.operate")) redirect("/settings");
  const asked = RunId.safeParse({ id });
  if (!asked.success) notFound();
  const first = await runFor(actor, asked.data).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === "missing") notFound();
    throw error;
  });
  return <RunPage key={id} first={first} />;
}
