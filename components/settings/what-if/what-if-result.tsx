import Link from "next/link";
import { cx } from "@/components/ui/cx.ts";
import type { ChangedClock, Tally, Verdict, WhatIfView } from "@/lib/sla/view.ts";
import { clocks } from "../policies/drafts.ts";

const words: Record<Verdict, string> = { met: "kept", breached: "missed", open: "still open" };
const labelOf = Object.fromEntries(clocks.map(({ name, label }) => [name, label])) as Record<ChangedClock["clock"], string>;
const count = (many: number, one: string) => `${many.toLocaleString("en-GB")} ${many === 1 ? one : `${one}s`}`;
const percent = ({ met, breached }: Tally) => (met + breached === 0 ? null : (met / (met + breached)) * 100);

/** What would have come of other rules: kept and missed promises before and after, and some requests that make the difference. */
export function WhatIfResult({ result, className }: { result: WhatIfView; className?: string }) {
  const { of, looked, affected, complete, changed, examples } = result;
  return (
    <div role="status" className={cx("space-y-4 text-sm", className)}>
      <p>
        {complete ? `${count(affected, "request")} of ${of.toLocaleString("en-GB")} in the last 90 days would have followed it.` : `Of ${of.toLocaleString("en-GB")} requests in the last 90 days the newest ${looked.toLocaleString("en-GB")} were looked at; ${affected.toLocaleString("en-GB")} of them would have followed it.`}
        {affected > 0 ? ` ${changed === 0 ? "None would have ended differently." : `${count(changed, "request")} would have ended differently.`}` : ""}
      </p>
      {affected > 0 ? (
        <table className="w-full text-left">
          <thead className="text-xs text-ink-3"><tr><th className="pb-1.5 font-normal">Promise</th><th className="pb-1.5 font-normal">Kept today</th><th className="pb-1.5 font-normal">Kept with this</th></tr></thead>
          <tbody>
            {clocks.map(({ name, label }) => {
              const { before, after } = result.clocks[name];
              const [was, becomes] = [percent(before), percent(after)];
              const better = was !== null && becomes !== null && becomes !== was ? (becomes > was ? "text-good-text" : "text-alert-text") : "";
              return (
                <tr key={name} className="border-t">
                  <th scope="row" className="py-2 font-normal">{label}</th>
                  <td className="py-2"><Kept tally={before} /></td>
                  <td className="py-2"><Kept tally={after} className={better} mark={was !== null && becomes !== null ? (becomes > was ? "▲ " : becomes < was ? "▼ " : "") : ""} /></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
      {examples.length > 0 ? (
        <div>
          <h3 className="mb-1.5 text-xs text-ink-3">{changed > examples.length ? `The newest ${examples.length} that would have ended differently` : "Would have ended differently"}</h3>
          <ul aria-label="Requests that would have ended differently" tabIndex={0} className="max-h-72 divide-y overflow-y-auto rounded-md border">
            {examples.map(({ id, number, subject, changes }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3 py-2">
                <Link href={`/desk/${id}?view=all`} target="_blank" className="min-w-0 flex-1 basis-52 truncate text-accent-text underline decoration-accent-line underline-offset-3 hover:decoration-current"><span className="text-ink-3">#{number}</span> {subject}</Link>
                <span className="text-xs text-ink-2">{changes.map(({ clock, before, after }) => `${labelOf[clock]}: ${before ? words[before] : "not promised"} → ${after ? words[after] : "not promised"}`).join("; ")}</span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p className="text-xs text-ink-3">By the rules alone, as if each had held all the time. What was recorded as missed stays recorded, and nothing is recorded for the past.</p>
    </div>
  );
}

function Kept({ tally, className, mark = "" }: { tally: Tally; className?: string; mark?: string }) {
  const share = percent(tally);
  if (share === null) return <span className="text-ink-3">{tally.open > 0 ? `${tally.open} still open` : "not promised"}</span>;
  return <span className={className}><span className="font-medium">{mark ? <span aria-hidden>{mark}</span> : null}{share.toFixed(share === 100 || share === 0 ? 0 : 1)} %</span> <span className="text-xs text-ink-3 max-sm:block">{tally.met} of {tally.met + tally.breached}</span></span>;
}
