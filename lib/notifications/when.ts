import { minute } from "../clock.ts";
import type { MailChoice, NoticeKind, NoticeSettings } from "./schema.ts";
import { ways } from "./table.ts";

/** A person's settings with nothing left open. */
export type Wishes = { mail: Record<NoticeKind, MailChoice>; digest: NoticeSettings["digest"]; quietHours: NoticeSettings["quietHours"]; timeZone: string };

const wholeDay = 24 * 60;
const inDay = (minutes: number) => ((minutes % wholeDay) + wholeDay) % wholeDay;
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const floored = (at: number) => Math.floor(at / minute) * minute;

const formats = new Map<string, Intl.DateTimeFormat>();
/** What the clocks of a zone show, in minutes since midnight. */
function shownAt(zone: string, at: number): number {
  let format = formats.get(zone);
  if (!format) formats.set(zone, (format = new Intl.DateTimeFormat("en", { timeZone: zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" })));
  return minutesOf(format.format(at));
}

/** Whether a moment is in the quiet hours `[from, to)`, which may go over midnight, by the clocks of the person's zone. */
export function isQuiet({ quietHours, timeZone }: Pick<Wishes, "quietHours" | "timeZone">, at: number): boolean {
  if (!quietHours) return false;
  const [from, to] = [minutesOf(quietHours.from), minutesOf(quietHours.to)];
  return inDay(shownAt(timeZone, at) - from) < inDay(to - from);
}

/** The first moment from `at` on that is not quiet. Where clocks change meanwhile, that is when they show the end, or are past it. */
export function afterQuiet(wishes: Pick<Wishes, "quietHours" | "timeZone">, at: number): number {
  if (!wishes.quietHours || !isQuiet(wishes, at)) return at;
  let end = floored(at) + inDay(minutesOf(wishes.quietHours.to) - shownAt(wishes.timeZone, at)) * minute;
  while (isQuiet(wishes, end)) end += minute;
  while (!isQuiet(wishes, end - minute) && end - minute > at) end -= minute;
  return end;
}

/** When the letter goes out that gathers what is told at `at`: at the next full hour, or the next time of day that was chosen. */
export function nextDigest({ digest, timeZone }: Pick<Wishes, "digest" | "timeZone">, at: number): number {
  const shown = shownAt(timeZone, at);
  if (digest.every === "hour") return floored(at) + (60 - (shown % 60)) * minute;
  const wanted = minutesOf(digest.at);
  const same = floored(at) + (inDay(wanted - shown) || wholeDay) * minute; // if no clock is changed until then
  const off = inDay(wanted - shownAt(timeZone, same) + wholeDay / 2) - wholeDay / 2;
  const moved = same + off * minute;
  return moved > at && shownAt(timeZone, moved) === wanted ? moved : same;
}

/** Who is away gets what is everyday in one letter for so many minutes: a morning with nobody there is not a mail a ticket. */
const togetherMinutes = 5;
const nextTogether = (at: number) => (Math.floor(at / (togetherMinutes * minute)) + 1) * togetherMinutes * minute;

/** When a notice is mailed, if it is unread then; `mailAt` null: it is not mailed. `away`: the person is not at the desk. */
export function mailTime(kind: NoticeKind, wishes: Wishes, { away, at }: { away: boolean; at: Date }): { mailAt: Date | null; gathered: boolean } {
  const choice = wishes.mail[kind];
  if (choice === "never" || (choice === "away" && !away)) return { mailAt: null, gathered: false };
  const digests = wishes.digest.every !== "off";
  const gathered = ways[kind].gathered && (digests || choice === "away");
  const due = !gathered ? at.getTime() : digests ? nextDigest(wishes, at.getTime()) : nextTogether(at.getTime());
  return { mailAt: new Date(afterQuiet(wishes, due)), gathered };
}
