import { isDoc, type Maybe, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/type-names.ts";
import { named } from "./arguments.ts";
import type { Compiler, Operator, Scope } from "./scope.ts";
import { momentOf, offsetAt } from "./zone.ts";

const DAY = 86_400_000;
const FIXED: Record<string, number> = { second: 1000, minute: 60_000, hour: 3_600_000 };
const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function moment(v: Maybe, name: string): number | null {
  if (v === null || v === undefined) return null;
  return v instanceof Date ? v.getTime() : refuse(16006, `can't convert from BSON type ${typeName(v)} to Date in ${name}`);
}

function zoneOf(v: Value | undefined, compiler: Compiler): (scope: Scope) => string {
  if (v === undefined) return () => "UTC";
  const evaluate = compiler.expression(v);
  return (scope) => {
    const zone = evaluate(scope);
    return typeof zone === "string" ? zone : refuse(40517, `timezone must evaluate to a string, found ${typeName(zone)}`);
  };
}

/** The Thursday of the same ISO week decides about the year. */
function isoWeek(wall: Date): { year: number; week: number } {
  const day = Math.floor(wall.getTime() / DAY);
  const thursday = day - ((wall.getUTCDay() + 6) % 7) + 3;
  const year = new Date(thursday * DAY).getUTCFullYear();
  return { year, week: Math.floor((thursday - Date.UTC(year, 0, 1) / DAY) / 7) + 1 };
}

/** `{$year: date}` or `{$year: {date, timezone}}`, of the zone's wall clock. */
const part = (compute: (wall: Date) => Value): Operator => (arg, compiler, name) => {
  const parts = isDoc(arg) && arg.has("date") ? named(arg, name, ["date"], ["timezone"]) : null;
  const [date, zone] = [compiler.expression(parts ? parts.date : arg), zoneOf(parts?.timezone, compiler)];
  return (scope) => {
    const time = moment(date(scope), name);
    return time === null ? null : compute(new Date(time + offsetAt(time, zone(scope))));
  };
};

const pad = (n: number, width: number) => String(n).padStart(width, "0");
const FORMAT: Record<string, (wall: Date) => string> = {
  Y: (d) => pad(d.getUTCFullYear(), 4), m: (d) => pad(d.getUTCMonth() + 1, 2), d: (d) => pad(d.getUTCDate(), 2), H: (d) => pad(d.getUTCHours(), 2), M: (d) => pad(d.getUTCMinutes(), 2),
  S: (d) => pad(d.getUTCSeconds(), 2), L: (d) => pad(d.getUTCMilliseconds(), 3), u: (d) => String(d.getUTCDay() || 7), G: (d) => pad(isoWeek(d).year, 4), V: (d) => pad(isoWeek(d).week, 2), "%": () => "%",
};

function startOf(wall: Date, unit: string, firstDay: number): number {
  const [year, month] = [wall.getUTCFullYear(), wall.getUTCMonth()];
  const day = Math.floor(wall.getTime() / DAY) * DAY;
  if (unit === "year") return Date.UTC(year, 0, 1);
  if (unit === "quarter") return Date.UTC(year, month - (month % 3), 1);
  if (unit === "month") return Date.UTC(year, month, 1);
  if (unit === "week") return day - ((wall.getUTCDay() - firstDay + 7) % 7) * DAY;
  return unit === "day" ? day : refuse(5439014, `unknown time unit value: ${unit}`);
}

export const DATES: Record<string, Operator> = {
  $year: part((d) => d.getUTCFullYear()),
  $month: part((d) => d.getUTCMonth() + 1),
  $dayOfMonth: part((d) => d.getUTCDate()),
  $hour: part((d) => d.getUTCHours()),
  $dayOfWeek: part((d) => d.getUTCDay() + 1),
  $isoDayOfWeek: part((d) => d.getUTCDay() || 7),
  $isoWeek: part((d) => isoWeek(d).week),
  $isoWeekYear: part((d) => BigInt(isoWeek(d).year)),
  $dateTrunc: (arg, compiler, name) => {
    const parts = named(arg, name, ["date", "unit"], ["timezone", "startOfWeek"]);
    const [date, zone] = [compiler.expression(parts.date), zoneOf(parts.timezone, compiler)];
    const unit = String(parts.unit);
    const firstDay = WEEKDAYS.indexOf(String(parts.startOfWeek ?? "sunday").toLowerCase());
    if (firstDay < 0) refuse(5439015, "startOfWeek is not a valid day of the week");
    return (scope) => {
      const time = moment(date(scope), name);
      if (time === null) return null;
      const offset = offsetAt(time, zone(scope));
      if (unit in FIXED) return new Date(Math.floor((time + offset) / FIXED[unit]!) * FIXED[unit]! - offset);
      return new Date(momentOf(startOf(new Date(time + offset), unit, firstDay), zone(scope)));
    };
  },
  $dateToString: (arg, compiler, name) => {
    const parts = named(arg, name, ["date"], ["format", "timezone", "onNull"]);
    const [date, zone] = [compiler.expression(parts.date), zoneOf(parts.timezone, compiler)];
    const onNull = parts.onNull === undefined ? undefined : compiler.expression(parts.onNull);
    const pattern = String(parts.format ?? "%Y-%m-%dT%H:%M:%S.%L") + (parts.format === undefined && parts.timezone === undefined ? "Z" : "");
    return (scope) => {
      const time = moment(date(scope), name);
      if (time === null) return onNull ? onNull(scope) : null;
      const wall = new Date(time + offsetAt(time, zone(scope)));
      return pattern.replace(/%(.?)/g, (_, letter: string) => FORMAT[letter]?.(wall) ?? refuse(18536, `Invalid format character '%${letter}' in format string`));
    };
  },
};
