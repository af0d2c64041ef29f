import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge.tsx";
import { PriorityMark } from "@/components/ui/priority-mark.tsx";
import { inWorkingWords, typicalDay } from "@/lib/sla/rules.ts";
import type { CalendarView, PolicyView } from "@/lib/sla/view.ts";
import { levelsPath } from "../service-levels-head.tsx";
import { clocks, priorities } from "./drafts.ts";

/** One policy: for whom it holds, and what it promises. */
export function PolicyRow({ policy, calendar, queueNames }: { policy: PolicyView; calendar: CalendarView | undefined; queueNames: ReadonlyMap<string, string> }) {
  const dayMinutes = calendar ? typicalDay(calendar.weekdays) : 480;
  const queues = policy.queueIds.flatMap((id) => queueNames.get(id) ?? []).join(", ");
  const holds = policy.default ? `Every request${queues ? ` without a policy of its queue, and ${queues}` : " whose queue has no policy of its own"}` : queues || "For no queue yet";
  return (
    <li className="group relative px-4 py-4 hover:bg-hover/60">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <h3 className="min-w-0 font-semibold [overflow-wrap:anywhere]"><Link href={`${levelsPath}/policies/${policy.id}`} className="after:absolute after:inset-0">{policy.name}</Link></h3>
            {policy.default ? <Badge tone="accent">default</Badge> : null}
          </div>
          <p className="mt-0.5 text-sm text-ink-2 [overflow-wrap:anywhere]">{holds}, counted by “{calendar?.name ?? "a calendar that is gone"}”.</p>
        </div>
        <ChevronRight aria-hidden className="mt-1 size-4 shrink-0 text-ink-3" />
      </div>
      <table className="mt-3 w-full max-w-lg text-left text-xs tabular-nums">
        <thead className="text-ink-3"><tr><th className="w-20 pb-1 font-normal"><span className="sr-only">Priority</span></th>{clocks.map(({ name, label }) => <th key={name} className="pb-1 font-normal">{label}</th>)}</tr></thead>
        <tbody>
          {priorities.map((priority) => (
            <tr key={priority}>
              <th scope="row" className="py-0.5 font-normal"><PriorityMark priority={priority} /></th>
              {clocks.map(({ name, field }) => {
                const minutes = policy.targets[priority][field];
                return <td key={name} className={minutes === undefined ? "text-ink-3" : ""}>{minutes === undefined ? "–" : inWorkingWords(minutes, dayMinutes)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </li>
  );
}
