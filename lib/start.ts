import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { seedDemo } from "../local/seed/seed.ts";
import { hasNoAdmin, setupToken } from "./auth/service.ts";
import { followClockFile } from "./clock-file.ts";
import { second } from "./clock.ts";
import { prepareDatabase } from "./db.ts";
import { env, isDemo } from "./env.ts";
import { announceLeftBehind, hearHere } from "./events.ts";
import { ticketAssigned } from "./facts.ts";
import { log } from "./log.ts";
import { becomeReady } from "./ready.ts";
import { routeWaiting } from "./routing/service.ts";
import { promiseTheUsual, timeLeftBehind } from "./sla/service.ts";
import { tellOf } from "./notifications/service.ts";

const retryMs = 2 * second;
const sweepMs = 5 * second;

/** Prepares the desk: indexes, the demo or the way to the first admin; then keeps sweeping. Retries until the database is there. */
export async function start(): Promise<void> {
  const { TWOWAY_CLOCK_FILE } = env();
  if (TWOWAY_CLOCK_FILE) followClockFile(TWOWAY_CLOCK_FILE);
  hearHere(ticketAssigned.name, tellOf); // each new ticket has one such row
  try {
    await prepareDatabase();
    if (isDemo()) await seedDemo();
    else if (await hasNoAdmin()) await writeFile(join(env().TWOWAY_DATA, "setup-link"), `/setup?token=${await setupToken()}\n`, { mode: 0o600 });
    await promiseTheUsual();
    becomeReady();
    setTimeout(sweepOn, sweepMs).unref();
  } catch (error) {
    log("error", "the desk could not be prepared, trying again", { error });
    setTimeout(() => void start(), retryMs).unref();
  }
}

/** Every five seconds: what waits is routed, what a crash left is announced, clocks that ran out or were lost are computed. */
async function sweepOn(): Promise<void> {
  try {
    await announceLeftBehind();
    await routeWaiting();
    await timeLeftBehind();
  } catch (error) {
    log("warn", "the sweep was interrupted", { error });
  }
  setTimeout(sweepOn, sweepMs).unref();
}
