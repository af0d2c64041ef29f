import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { TicketPage } from "@/components/settings/jobs/ticket-page.tsx";
import { can, requireStaff } from "@/lib/auth/service.ts";
import { AppError } from "@/lib/errors.ts";
import { TicketId } from "@/lib/tickets/schema.ts";
import { ticketFor } from "@/lib/tickets/service.ts";

export const metadata: Metadata = { title: "Schedule of a ticket" };

export default async function Page({ params }: PageProps<"/settings/jobs/tickets/[id]">) {
  const { id } = await params;
  const actor = await requireStaff();
  if (!actor) redirect(`/sign-in?to=/settings/jobs/tickets/${id}`);
  if (!can(actor, "schedule.read")) redirect("/settings");
  const asked = TicketId.safeParse({ id });
  if (!asked.success) notFound();
  const { number, subject, status } = await ticketFor(actor, asked.data).catch((error: unknown) => {
    if (error instanceof AppError && error.kind === "missing") notFound();
    throw error;
  });
  return <TicketPage key={id} ticket={{ id, number, subject, status }} operates={can(actor, "jobs.operate")} />;
}
