// The lines of an iCalendar file (RFC 5545) that say on which days an event falls. Strangers write such files, so only
// what is known and sound reaches the reading library; an event that is neither is left out and counted.

/** Lines of time zones, and of each event that can be read; `unsound` counts the others. Null: this is no iCalendar file. */
export type Entries = { zones: string[]; events: string[][]; unsound: number };

const once = new Set(["UID", "SUMMARY", "STATUS", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID"]);
const dated = new Set(["DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE"]);
const mostLineLength = 10_000;

export function entriesOf(text: string): Entries | null {
  const lines = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n").replaceAll(/\n[ \t]/g, "").split("\n");
  if (!/^BEGIN:VCALENDAR\s*$/i.test(lines.find((line) => line.trim() !== "") ?? "")) return null;
  const zoneIds = new Set(lines.flatMap((line) => /^TZID(?:;[^:]*)?:(.*)$/i.exec(line)?.[1]?.trim() ?? []));
  const entries: Entries = { zones: [], events: [], unsound: 0 };
  const inside: string[] = [];
  let event: string[] = [];
  for (const line of lines) {
    const [, act, component = ""] = /^(BEGIN|END):([\w-]+)\s*$/i.exec(line)?.map((each) => each.toUpperCase()) ?? [];
    if (act === "BEGIN") inside.push(component);
    const place = inside[1];
    if (place === "VTIMEZONE" && line.length <= mostLineLength) entries.zones.push(line);
    if (place === "VEVENT" && inside.length === 2 && !act) event.push(line);
    if (act !== "END" || inside.at(-1) !== component) continue;
    if (place === "VEVENT" && inside.length === 2) {
      const sound = soundLines(event, zoneIds);
      if (sound) entries.events.push(sound);
      else entries.unsound += 1;
      event = [];
    }
    inside.pop();
  }
  return entries;
}

/** The known lines of an event, each once but for exceptions; null when one that matters can't be right. */
function soundLines(lines: readonly string[], zoneIds: ReadonlySet<string>): string[] | null {
  const seen = new Set<string>();
  const kept: string[] = [];
  for (const line of lines) {
    const [, given = "", parameters = "", value = ""] = /^([\w-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/.exec(line.slice(0, mostLineLength)) ?? [];
    const name = given.toUpperCase();
    if ((!once.has(name) && name !== "EXDATE") || seen.has(name)) continue;
    if (once.has(name)) seen.add(name);
    if (!isSound(name, value.trim())) return null;
    kept.push(`${name}${dated.has(name) ? withKnownZone(parameters, zoneIds) : ""}:${value.trim()}`);
  }
  return seen.has("DTSTART") ? kept : null;
}

function isSound(name: string, value: string): boolean {
  if (dated.has(name)) return value.split(",").every(isDate);
  if (name === "DURATION") return /^\+?P(?=[\dT])(\d{1,4}W|(\d{1,4}D)?(T(\d{1,5}H)?(\d{1,6}M)?(\d{1,7}S)?)?)$/.test(value);
  if (name === "RRULE") return isYearlyAtMostDaily(value);
  return true;
}

/** 20261225 or 20261225T093000Z, and a day that exists. */
function isDate(value: string): boolean {
  const [, year, month, day] = /^([12]\d{3})(\d\d)(\d\d)(?:T\d{6}Z?)?$/.exec(value.trim()) ?? [];
  if (!year) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** Days off return in days, weeks, months or years; a rule by the hour or second could have billions of instances and is none of them. */
const isYearlyAtMostDaily = (rule: string): boolean => rule.length <= 400 && /(^|;)FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/i.test(rule) && !/(^|;)(BYHOUR|BYMINUTE|BYSECOND)=/i.test(rule) && rule.split(/FREQ=/i).length === 2;

/** A time zone that nobody can know is left out: the time is then read by the calendar's own clocks. */
function withKnownZone(parameters: string, zoneIds: ReadonlySet<string>): string {
  const value = /;VALUE=(DATE(?:-TIME)?)(?=;|$)/i.exec(parameters)?.[1];
  const zone = /;TZID=("?)([^";:]*)\1(?=;|$)/i.exec(parameters)?.[2]?.trim() ?? "";
  return `${value ? `;VALUE=${value.toUpperCase()}` : ""}${zone !== "" && (zoneIds.has(zone) || isZone(zone)) ? `;TZID=${zone}` : ""}`;
}

/** Intl can only be asked by trying: what it does not know, it throws at. */
function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
