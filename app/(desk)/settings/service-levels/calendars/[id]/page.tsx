import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { CalendarEditor } from "@/components/settings/calendars/calendar-editor.tsx";
import { ServiceLevelsHead } from "@/components/settings/service-levels-head.tsx";
import { can, requireStaff, settingsFor } from "@/lib/auth/service.ts";
import { calendarsFor, policiesFor } from "@/lib/sla/service.ts";

export const metadata: Metadata = { title: "Calendar" };

export default async function Page({ params }: PageProps<"/settings/service-levels/calendars/[id]">) {
  const { id } = await params;
  const actor = await requireStaff();
  if (!actor) redirect(`/sign-in?to=/settings/service-levels/calendars/${encodeURIComponent(id)}`);
  const mayEdit = can(actor, "settings.edit");
  const [policies, calendars, { timeZone }] = await Promise.all([policiesFor(actor), calendarsFor(actor), settingsFor(actor)]);
  const calendar = calendars.items.find((each) => each.id === id) ?? null;
  if (!calendar && (id !== "new" || !mayEdit)) notFound();
  return (
    <>
      <ServiceLevelsHead title={calendar?.name ?? "A new calendar"} lead="Working hours and days off. Time outside them is not counted." />
      <CalendarEditor key={`${id} ${calendar?.version ?? 0}`} calendar={calendar} users={policies.items.filter(({ calendarId }) => calendarId === id)} timeZone={timeZone} mayEdit={mayEdit} />
    </>
  );
}
