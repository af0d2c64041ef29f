// npm run bench -- sla [lives]: random lives against the minute-by-minute oracle (1,000,000 unless told), and the CPU time of one ticket's clocks.
import { clocksOf } from "../../lib/sla/clocks.ts";
import type { Moment } from "../../lib/sla/history.ts";
import { differences, drawFrom, lifeFrom } from "../sla/lives.ts";

const never = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const office = [{ from: "09:00", to: "12:00" }, { from: "13:00", to: "17:30" }];
const targets = { firstResponseMinutes: 60, nextResponseMinutes: 120, resolutionMinutes: 2000 };
const policy = { targets: { low: targets, normal: targets, high: targets, urgent: targets }, pausedIn: ["pending" as const, "on_hold" as const] };
const calendarOf = () => ({ timeZone: "Europe/Berlin", weekdays: { ...never, mon: office, tue: office, wed: office, thu: office, fri: office }, holidays: [] });

function lifeOf200(seed: number): Moment[] {
  const draw = drawFrom(seed);
  for (;;) {
    const moments = lifeFrom(draw, Date.parse("2026-01-05T09:00Z"), 2000);
    if (moments.length >= 200) return moments.slice(0, 200);
  }
}

/** CPU milliseconds that `work` takes each time. */
function cpuMs(times: number, work: (turn: number) => void): number {
  const before = process.cpuUsage();
  for (let turn = 0; turn < times; turn += 1) work(turn);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

const lives = Array.from({ length: 20 }, (_, seed) => lifeOf200(seed));
const nowOf = (moments: Moment[]) => (moments.at(-1)?.at ?? 0) + 60_000;
const [known, fresh] = [calendarOf(), lives.map(calendarOf)];
const turn = (at: number) => lives[at % lives.length] ?? [];
for (const moments of lives) clocksOf(moments, policy, known, nowOf(moments));
const warm = cpuMs(2000, (at) => clocksOf(turn(at), policy, known, nowOf(turn(at))));
const cold = cpuMs(20, (at) => clocksOf(turn(at), policy, fresh[at] ?? known, nowOf(turn(at))));
console.log(`clocks of a ticket with 200 events: ${warm.toFixed(3)} ms of CPU with a calendar in use, ${cold.toFixed(3)} ms with a calendar never seen`);

const count = Number(process.argv[2] ?? 1_000_000);
const started = Date.now();
const { compared, clocks, found } = differences(count, 1);
console.log(`${compared} lives, ${clocks} clocks, ${found.length} differences, ${Math.round((Date.now() - started) / 1000)} s`);
if (found.length > 0) console.log(JSON.stringify(found[0], null, 1));
process.exitCode = found.length > 0 ? 1 : 0;
