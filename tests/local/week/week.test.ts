import { afterAll, expect, test } from "vitest";
import { dice } from "../mongo/start.ts";
import { expectedOf } from "./expected.ts";
import { begins, happenings, hour, hours, livesOf } from "./life.ts";
import { Processes, type Victim } from "./processes.ts";

// WEEK_SEED=… runs another week; when within an hour a process dies is up to the machine in any case.
const seed = Number(process.env.WEEK_SEED ?? 20270322);
const victims: Victim[][] = [["database"], ["local"], ["app"], ["local", "app"], ["database", "local", "app"]];
const minute = 60_000;
const killLater = (from: Processes, dying: Victim[], ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(from.kill(dying)), ms));
let desk: Processes | undefined;
afterAll(() => desk?.stop());

test(`a week of timers in minutes, with random kills, leaves exactly what a plain calculation says (seed ${seed})`, { timeout: 300_000 }, async () => {
  const lives = livesOf(seed, 120);
  const events = happenings(lives);
  const { below } = dice(seed + 1);
  desk = await Processes.start(begins - minute);
  let killed = 0;
  for (let at = 0; at <= hours; at += 1) {
    const dying = below(12) === 0 ? victims[below(victims.length)] : undefined;
    const death = dying && killLater(desk, dying, below(120));
    const moment = begins + at * hour;
    await desk.setClock(moment);
    await desk.settled(moment);
    const now = events.filter((event) => event.at === at).map(({ id, name, data }) => ({ id, name, data, ts: moment }));
    if (now.length > 0) {
      await desk.send(now);
      await desk.settled(moment);
    }
    killed += (await death) ?? 0;
  }
  expect(killed).toBeGreaterThanOrEqual(5);
  const expected = expectedOf(lives);
  expect(new Set(expected.effects.map((key) => key.split(":")[0])).size).toBe(10); // this week has some of everything
  expect(await desk.effects()).toEqual(expected.effects);
  expect(await desk.mails()).toEqual(expected.mails);
});
