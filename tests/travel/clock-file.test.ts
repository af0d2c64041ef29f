import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hour, minute, moveClock, now, setClock } from "@/lib/clock";
import { followClockFile } from "@/lib/clock-file";
import { until } from "../support/desk";

const folder = mkdtemp(join(tmpdir(), "clock-"));
afterAll(async () => {
  moveClock(() => 0);
  await rm(await folder, { recursive: true, force: true });
});
const ahead = () => now().getTime() - Date.now();

test("the clock goes as the file says, from the moment that it says it; a stopped clock stands", async () => {
  const file = join(await folder, "clock");
  followClockFile(file); // nobody has written it yet
  expect(Math.abs(ahead())).toBeLessThan(minute);
  await writeFile(file, String(36 * hour));
  await until(() => Promise.resolve(ahead() > 35 * hour));
  expect(ahead()).toBeLessThan(37 * hour);
  await writeFile(file, "");
  await until(() => Promise.resolve(ahead() < hour));
  setClock(new Date("2027-03-01T09:00:00Z"));
  expect(now()).toEqual(new Date("2027-03-01T09:00:00Z"));
});
