import type { ClockView, SlaView } from "@/lib/tickets/view.ts";

export const clockWords = { firstResponse: "First response", nextResponse: "Next response", resolution: "Resolution" } as const;
export type ClockName = keyof typeof clockWords;
const names = Object.keys(clockWords) as ClockName[];

/** The clock that matters most to whoever looks for work: what is late, then what is due next, then what is paused. Null: none runs. */
export function pressing(sla: SlaView, now: number): { name: ClockName; clock: ClockView; late: boolean } | null {
  const open = names.flatMap((name) => {
    const clock = sla[name];
    if (!clock || clock.stoppedAt !== null) return [];
    const due = clock.dueAt === null ? Number.POSITIVE_INFINITY : Date.parse(clock.dueAt);
    return [{ name, clock, due, late: clock.state === "breached" || due < now }];
  });
  const first = open.toSorted((one, other) => Number(other.late) - Number(one.late) || one.due - other.due)[0];
  return first ? { name: first.name, clock: first.clock, late: first.late } : null;
}

const minute = 60_000;
/** "40m", "5h", "3d": one figure, rounded down, but never to nothing. */
export const shortly = (ms: number): string => (ms < 60 * minute ? `${Math.max(1, Math.floor(ms / minute))}m` : ms < 48 * 60 * minute ? `${Math.floor(ms / (60 * minute))}h` : `${Math.floor(ms / (24 * 60 * minute))}d`);

/** The share of the time from start to due that is left, 1 to 0. */
export function shareLeft({ startedAt, dueAt }: ClockView, now: number): number {
  if (dueAt === null) return 1;
  const [start, due] = [Date.parse(startedAt), Date.parse(dueAt)];
  return due <= start ? 0 : Math.min(1, Math.max(0, (due - now) / (due - start)));
}
