"use client";
import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Tab, TabList, TabPanel, Tabs } from "@/components/ui/tabs.tsx";
import type { JobsPlace } from "@/lib/jobs.ts";
import { SettingsHead } from "../settings-head.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { EventsTab } from "./events-tab.tsx";
import { FunctionsTab } from "./functions-tab.tsx";
import { KeepingUp } from "./keeping-up.tsx";
import { placeOptions } from "./queries.ts";
import { RunsTab } from "./runs-tab.tsx";
import { TicketFinder } from "./ticket-finder.tsx";

const tabs = ["runs", "events", "functions", "tickets"] as const;

/** The background jobs: whether they keep up, what failed, and what to do about it. */
export function JobsPage({ first }: { first: JobsPlace | null }) {
  const [tab, setTab] = useQueryState("tab", parseAsStringLiteral(tabs).withDefault("runs"));
  const { data: place, error, refetch } = useQuery({ ...placeOptions, ...(first ? { initialData: first } : {}) });
  return (
    <>
      <SettingsHead title="Jobs" lead="What the desk does in the background: mail, routing, clearing up." />
      {error ? <Banner tone="alert" className="mb-4" action={<Button size="sm" look="quiet" onClick={() => void refetch()}>Try again</Button>}>{error.message}</Banner> : null}
      {place?.place === "elsewhere" ? <div className="space-y-6"><Elsewhere dashboard={place.dashboard} /><TicketFinder /></div> : null}
      {place?.place === "local" ? (
        <>
          {/* figures of a service that no longer answers would be a lie */}
          {error ? null : <KeepingUp numbers={place} />}
          <Tabs value={tab} onValueChange={(value) => void setTab(value as (typeof tabs)[number])}>
            <TabList aria-label="Jobs">
              <Tab value="runs">Runs</Tab>
              <Tab value="events">Events</Tab>
              <Tab value="functions">Functions</Tab>
              <Tab value="tickets">By ticket</Tab>
            </TabList>
            <TabPanel value="runs" className="pt-4"><RunsTab /></TabPanel>
            <TabPanel value="events" className="pt-4"><EventsTab /></TabPanel>
            <TabPanel value="functions" className="pt-4"><FunctionsTab /></TabPanel>
            <TabPanel value="tickets" className="pt-4"><TicketFinder /></TabPanel>
          </Tabs>
        </>
      ) : null}
    </>
  );
}
