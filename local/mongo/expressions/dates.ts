import { integer, isNum } from "../bson/numbers.ts";
import { isDoc, type Maybe, Oid, Stamp, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { typeName } from "../query/types.ts";
import { named } from "./arguments.ts";
import { addUnits, differenceIn, isoWeek, truncate } from "./calendar.ts";
import type { Compiler, Evaluate, Operator, Scope } from "./scope.ts";
import { offsetAt, type Parts, partsIn, wallTime } from "./zone.ts";

const DAY = 86_400_000;

function moment(v: Maybe, name: string): number {
  if (v instanceof Date) return v.getTime();
  if (v instanceof Oid) return v.bytes.readUInt32BE(0) * 1000;
  if (v instanceof Stamp) return Number(v.value >> 32n) * 1000;
  return refuse(16006, `can't convert from BSON type ${typeName(v)} to Date in ${name}`);
}

const absent = (v: Maybe): v is null | undefined => v === null || v === undefined;

function zoneOf(v: Value | undefined, compiler: Compiler): (scope: Scope) => string {
  if (v === undefined) return () => "UTC";
  const evaluate = compiler.expression(v);
  return (scope) => {
    const zone = evaluate(scope);
    return typeof zone === "string" ? zone : refuse(40517, `timezone must evaluate to a string, found ${typeName(zone)}`);
  };
}

/** `{$year: date}` or `{$year: {date, timezone}}`. */
const part = (compute: (p: Parts) => Value): Operator => (arg, compiler, name) => {
  const parts = isDoc(arg) && arg.has("date") ? named(arg, name, ["date"], ["timezone"]) : null;
  const date = compiler.expression(parts ? parts.date : Array.isArray(arg) && arg.length === 1 ? arg[0]! : arg);
  const zone = zoneOf(parts?.timezone, compiler);
  return (scope) => {
    const v = date(scope);
    return absent(v) ? null : compute(partsIn(moment(v, name), zone(scope)));
  };
};

const weekday = (p: Parts): number => new Date(wallTime(p)).getUTCDay();
const dayOfYear = (p: Parts): number => Math.floor((wallTime(p) - Date.UTC(p.year, 0, 1)) / DAY) + 1;
const pad = (n: number, width: number) => String(n).padStart(width, "0");

function format(pattern: string, time: number, zone: string): string {
  const p = partsIn(time, zone);
  const minutes = Math.round(offsetAt(time, zone) / 60_000);
  const made: Record<string, () => string> = {
    Y: () => pad(p.year, 4), m: () => pad(p.month, 2), d: () => pad(p.day, 2), H: () => pad(p.hour, 2), M: () => pad(p.minute, 2), S: () => pad(p.second, 2), L: () => pad(p.ms, 3),
    j: () => pad(dayOfYear(p), 3), w: () => String(weekday(p) + 1), u: () => String(weekday(p) || 7), G: () => pad(isoWeek(p).year, 4), V: () => pad(isoWeek(p).week, 2),
    z: () => `${minutes < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(minutes) / 60), 2)}${pad(Math.abs(minutes) % 60, 2)}`, Z: () => String(minutes), "%": () => "%",
  };
  return pattern.replace(/%(.?)/g, (_, letter: string) => made[letter]?.() ?? refuse(18536, `Invalid format character '%${letter}' in format string`));
}

/** Operators with named arguments of which the dates may be null. */
function dated<R extends string, O extends string>(required: readonly R[], optional: readonly O[], compute: (v: Record<R | O, Maybe>, zone: string, name: string) => Maybe): Operator {
  return (arg, compiler, name) => {
    const parts = named(arg, name, required, [...optional, "timezone"]) as Partial<Record<string, Value>>;
    const zone = zoneOf(parts.timezone, compiler);
    const evaluated = Object.entries(parts).filter(([key]) => key !== "timezone").map(([key, v]) => [key, compiler.expression(v!)] as [string, Evaluate]);
    return (scope) => {
      const values = Object.fromEntries(evaluated.map(([key, evaluate]) => [key, evaluate(scope)])) as Record<R | O, Maybe>;
      return required.some((key) => absent(values[key])) ? null : compute(values, zone(scope), name);
    };
  };
}

const word = (v: Maybe, name: string): string => (typeof v === "string" ? v : refuse(5439013, `${name} requires 'unit' to be a string`));
const amount = (v: Maybe, name: string): number => (isNum(v) ? integer(v, name) : refuse(5166405, `${name} expects integer amount of time units`));

export const DATES: Record<string, Operator> = {
  $year: part((p) => p.year),
  $month: part((p) => p.month),
  $dayOfMonth: part((p) => p.day),
  $hour: part((p) => p.hour),
  $minute: part((p) => p.minute),
  $second: part((p) => p.second),
  $millisecond: part((p) => p.ms),
  $dayOfWeek: part((p) => weekday(p) + 1),
  $isoDayOfWeek: part((p) => weekday(p) || 7),
  $dayOfYear: part(dayOfYear),
  $isoWeek: part((p) => isoWeek(p).week),
  $isoWeekYear: part((p) => BigInt(isoWeek(p).year)),
  $dateTrunc: dated(["date", "unit"], ["binSize", "startOfWeek"], (v, zone, name) => new Date(truncate(moment(v.date, name), word(v.unit, name), v.binSize === undefined ? 1 : amount(v.binSize, name), v.startOfWeek, zone))),
  $dateAdd: dated(["startDate", "unit", "amount"], [], (v, zone, name) => new Date(addUnits(moment(v.startDate, name), word(v.unit, name), amount(v.amount, name), zone))),
  $dateSubtract: dated(["startDate", "unit", "amount"], [], (v, zone, name) => new Date(addUnits(moment(v.startDate, name), word(v.unit, name), -amount(v.amount, name), zone))),
  $dateDiff: dated(["startDate", "endDate", "unit"], ["startOfWeek"], (v, zone, name) => BigInt(differenceIn(moment(v.startDate, name), moment(v.endDate, name), word(v.unit, name), v.startOfWeek, zone))),
  $dateToString: (arg, compiler, name) => {
    const parts = named(arg, name, ["date"], ["format", "timezone", "onNull"]);
    const [date, zone] = [compiler.expression(parts.date), zoneOf(parts.timezone, compiler)];
    const pattern = parts.format === undefined ? undefined : compiler.expression(parts.format);
    const onNull = parts.onNull === undefined ? undefined : compiler.expression(parts.onNull);
    return (scope) => {
      const v = date(scope);
      if (absent(v)) return onNull ? onNull(scope) : null;
      const p = pattern ? pattern(scope) : parts.timezone === undefined ? "%Y-%m-%dT%H:%M:%S.%LZ" : "%Y-%m-%dT%H:%M:%S.%L";
      return format(typeof p === "string" ? p : refuse(18533, "$dateToString requires that 'format' be a string"), moment(v, name), zone(scope));
    };
  },
};
