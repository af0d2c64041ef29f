"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import type { QueueView } from "@/lib/auth/view.ts";
import type { CalendarView, PolicyView } from "@/lib/sla/view.ts";
import { CalendarRow } from "./calendars/calendar-row.tsx";
import { PolicyRow } from "./policies/policy-row.tsx";
import { calendarsOptions, policiesOptions } from "./queries.ts";
import { levelsPath } from "./service-levels-head.tsx";
import { SettingsHead } from "./settings-head.tsx";

type ServiceLevelsPageProps = { policies: PolicyView[]; calendars: CalendarView[]; queues: QueueView[]; mayEdit: boolean };

/** What the desk promises, and the hours that count. */
export function ServiceLevelsPage({ policies: firstPolicies, calendars: firstCalendars, queues, mayEdit }: ServiceLevelsPageProps) {
  const { data: policies = firstPolicies, error } = useQuery({ ...policiesOptions, initialData: firstPolicies });
  const { data: calendars = firstCalendars } = useQuery({ ...calendarsOptions, initialData: firstCalendars });
  const queueNames = new Map(queues.map(({ id, name }) => [id, name]));
  const ordered = policies.toSorted((one, other) => Number(other.default) - Number(one.default) || one.name.localeCompare(other.name));
  return (
    <>
      <SettingsHead title="Service levels" lead={mayEdit ? "What you promise your customers, and the hours in which it counts." : "What you promise your customers, and the hours in which it counts. Admins change it."} />
      {error ? <Banner tone="alert" className="mb-3">{error.message}</Banner> : null}
      <Part title="Policies" lead="How soon a request is answered and solved, by its priority." make={mayEdit && calendars.length > 0 ? <Link href={`${levelsPath}/policies/new`}><Plus aria-hidden />New policy</Link> : null}>
        {ordered.length === 0 ? <EmptyState title="No times are promised yet." className="rounded-lg border bg-surface">{calendars.length === 0 ? "Make a calendar first: it says which hours count." : "Requests are answered when they are answered."}</EmptyState> : (
          <ul className="divide-y overflow-hidden rounded-lg border bg-surface shadow-raised">
            {ordered.map((policy) => <PolicyRow key={policy.id} policy={policy} calendar={calendars.find(({ id }) => id === policy.calendarId)} queueNames={queueNames} />)}
          </ul>
        )}
      </Part>
      <Part title="Calendars" lead="Working hours and days off. No other time counts." make={mayEdit ? <Link href={`${levelsPath}/calendars/new`}><Plus aria-hidden />New calendar</Link> : null}>
        {calendars.length === 0 ? <EmptyState title="There is no calendar yet." className="rounded-lg border bg-surface" /> : (
          <ul className="divide-y overflow-hidden rounded-lg border bg-surface shadow-raised">
            {calendars.map((calendar) => <CalendarRow key={calendar.id} calendar={calendar} users={policies.filter(({ calendarId }) => calendarId === calendar.id)} />)}
          </ul>
        )}
      </Part>
    </>
  );
}

function Part({ title, lead, make, children }: { title: string; lead: string; make: ReactNode; children: ReactNode }) {
  return (
    <section className="mt-8 first-of-type:mt-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold">{title}</h2>
          <p className="text-sm text-ink-2">{lead}</p>
        </div>
        {make ? <Button asChild>{make}</Button> : null}
      </div>
      {children}
    </section>
  );
}
