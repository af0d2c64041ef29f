"use client";
import { useQuery } from "@tanstack/react-query";
import type { ClockExplained } from "@/lib/sla/view.ts";
import { Badge } from "../ui/badge.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { exactTime } from "../ui/time-words.ts";
import { clockWords } from "./pressing.ts";
import { clocksOptions } from "./queries.ts";

const states = { running: ["info", "Running"], paused: ["wait", "Paused"], met: ["good", "Met"], breached: ["alert", "Breached"] } as const;

/** Each clock of a ticket in words. The minutes worked go on, so it is asked again now and then. */
export function Clocks({ ticketId }: { ticketId: string }) {
  const { data, isError } = useQuery({ ...clocksOptions(ticketId), refetchInterval: 5 * 60_000 });
  if (!data) return isError ? <p className="text-sm text-ink-2">The clocks could not be loaded.</p> : <Skeleton className="w-full" />;
  if (data.clocks.length === 0) return <p className="text-sm text-ink-2">{data.policy ? `“${data.policy.name}” promises nothing for this priority.` : "This desk promises no times yet."}</p>;
  const answered = data.clocks.filter(({ name }) => name === "nextResponse");
  const shown = data.clocks.filter((clock) => clock.name !== "nextResponse" || clock === answered.at(-1));
  return (
    <>
      <ul className="space-y-3">{shown.map((clock) => <Clock key={clock.name} clock={clock} earlier={clock.name === "nextResponse" ? answered.length - 1 : 0} />)}</ul>
      <p className="mt-3 text-xs text-ink-3 wrap-anywhere">By “{data.policy?.name}” in “{data.calendar?.name}” ({data.calendar?.timeZone})</p>
    </>
  );
}

function Clock({ clock, earlier }: { clock: ClockExplained; earlier: number }) {
  const [tone, word] = states[clock.state];
  return (
    <li className="text-sm">
      <p className="flex items-center justify-between gap-2"><span className="font-medium">{clockWords[clock.name]}</span><Badge tone={tone}>{word}</Badge></p>
      <p className="mt-0.5 text-xs text-ink-2" title={clock.dueAt === null ? undefined : `Due ${exactTime(clock.dueAt)}`}>{clock.text.replace(/^(Met|Breached): /, "").replace(/^./, (letter) => letter.toUpperCase())}.{earlier > 0 && ` ${earlier} earlier ${earlier === 1 ? "one" : "ones"}.`}</p>
    </li>
  );
}
