import { hours, type Life } from "./life.ts";

/*
 * What the week must leave behind, worked out from the tickets' lives alone: no job, no clock, nothing of the desk
 * under test. A timer that falls between two hours has gone off when the next hour's events happen.
 */

/** Goes off at a minute of the week, if that is within it and not after `ended` (an hour whose events end the wait). */
const goesOff = (minute: number, ended: number | null) => minute < hours * 60 && (ended === null || ended >= hours || minute <= ended * 60);

export function expectedOf(lives: readonly Life[]): { effects: string[]; mails: string[] } {
  const effects: string[] = [];
  const mails: string[] = [];
  const both = (key: string) => {
    effects.push(key);
    mails.push(key);
  };
  for (const life of lives) {
    const due = life.opened * 60 + life.dueMinutes;
    if (goesOff(due - 30, life.answered)) both(`reminder:${life.id}`);
    if (goesOff(due, life.answered)) both(`breach:${life.id}`);
    effects.push(life.indexing === "never" ? `unindexed:${life.id}` : `indexed:${life.id}`);
    if (life.resolved !== null && life.resolved < hours) closing(life, life.resolved, both, effects);
  }
  for (let day = 1; day <= 7; day += 1) effects.push(`digest:2027-03-${21 + day}`);
  for (const key of summaries(lives)) effects.push(key);
  return { effects: effects.toSorted(), mails: mails.toSorted() };
}

/** Two days and ten minutes after it was resolved: a nudge; a day later: closed. Reopened before: neither. */
function closing(life: Life, resolved: number, both: (key: string) => void, effects: string[]): void {
  const nudge = resolved * 60 + 2 * 24 * 60 + 10;
  const close = nudge + 24 * 60;
  if (goesOff(nudge, life.reopened)) both(`nudge:${life.id}`);
  if (goesOff(close, life.reopened)) {
    both(`closed:${life.id}`);
    effects.push(`survey:${life.id}`);
  }
  if (life.reopened !== null && life.reopened < hours && life.reopened * 60 < close) effects.push(`kept-open:${life.id}`);
}

/** One summary a customer for what they wrote with less than two hours between; it comes 90 minutes after the last of it. */
function summaries(lives: readonly Life[]): string[] {
  const written = new Map<string, Set<number>>();
  for (const { customer, wrote } of lives) for (const at of wrote) if (at < hours) written.set(customer, (written.get(customer) ?? new Set()).add(at));
  return [...written].flatMap(([customer, set]) => {
    const sorted = [...set].toSorted((one, other) => one - other);
    return sorted.filter((at, index) => (sorted[index + 1] ?? Infinity) - at >= 2 && at * 60 + 90 < hours * 60).map((last) => `summary:${customer}:${last}`);
  });
}
