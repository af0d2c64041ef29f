import { dice } from "../mongo/start.ts";

/** The week begins on a Monday at midnight UTC; Berlin sets its clocks forward on its Sunday. */
export const begins = Date.UTC(2027, 2, 22);
export const hour = 3_600_000;
export const hours = 7 * 24;

/** What a ticket lives through. Hours count from the beginning of the week; nothing happens between two of them. */
export type Life = {
  id: string;
  customer: string;
  opened: number;
  /** Minutes after the opening; never a whole number of hours, nor is the reminder half an hour before. */
  dueMinutes: number;
  answered: number | null;
  resolved: number | null;
  reopened: number | null;
  /** Hours in which the customer wrote again. */
  wrote: number[];
  /** How its indexing goes: well, only at the third attempt, or never. */
  indexing: "well" | "third" | "never";
};

/** `count` tickets of one seed, always the same. */
export function livesOf(seed: number, count: number): Life[] {
  const { below } = dice(seed);
  return Array.from({ length: count }, (_, index) => {
    const opened = below(hours - 24);
    const later = (from: number, within: number) => from + 1 + below(within);
    const answered = below(4) > 0 ? later(opened, 30) : null;
    const resolved = answered !== null && below(4) > 0 ? later(answered, 24) : null;
    const reopened = resolved !== null && below(3) === 0 ? later(resolved, 90) : null;
    const wrote = Array.from({ length: below(4) }, () => later(opened, 12));
    return {
      id: `t${index}`, customer: `c${below(12)}`, opened, dueMinutes: 45 + 60 * below(20) + 15 * below(2) - 5, answered, resolved, reopened,
      wrote: [...new Set(wrote)].toSorted((one, other) => one - other), indexing: below(10) === 0 ? "never" : below(5) === 0 ? "third" : "well",
    };
  });
}

export type Happening = { at: number; id: string; name: "ticket/opened" | "ticket/answered" | "ticket/resolved" | "ticket/reopened" | "ticket/wrote"; data: { ticketId: string; customer: string; due?: number; indexing?: string } };

/** The events of the week that fall into it, in their order. */
export function happenings(lives: readonly Life[]): Happening[] {
  const all = lives.flatMap((life): Happening[] => {
    const data = { ticketId: life.id, customer: life.customer };
    const one = (name: Happening["name"], at: number | null): Happening[] => (at === null ? [] : [{ at, id: `${life.id}:${name}:${at}`, name, data }]);
    return [
      { at: life.opened, id: `${life.id}:opened`, name: "ticket/opened", data: { ...data, due: begins + life.opened * hour + life.dueMinutes * 60_000, indexing: life.indexing } },
      ...one("ticket/answered", life.answered), ...one("ticket/resolved", life.resolved), ...one("ticket/reopened", life.reopened), ...life.wrote.flatMap((at) => one("ticket/wrote", at)),
    ];
  });
  return all.filter(({ at }) => at < hours).toSorted((one, other) => one.at - other.at);
}
