import { Inngest } from "inngest";
import { env } from "../lib/env.ts";
import { log } from "../lib/log.ts";

const held = globalThis as { twowayJobs?: Inngest };

const logger = {
  info: () => {},
  debug: () => {},
  warn: (...told: unknown[]) => log("warn", "jobs", { told: told.map(String) }),
  error: (...told: unknown[]) => log("error", "jobs", { told: told.map(String) }),
};

/** The client of the jobs service; where it is and which keys it takes is a matter of the environment. */
export function inngest(): Inngest {
  held.twowayJobs ??= new Inngest({
    id: "twoway",
    logger,
    isDev: false,
    ...(env().INNGEST_BASE_URL ? { baseUrl: env().INNGEST_BASE_URL } : {}),
    ...(env().INNGEST_EVENT_KEY ? { eventKey: env().INNGEST_EVENT_KEY } : {}),
    ...(env().INNGEST_SIGNING_KEY ? { signingKey: env().INNGEST_SIGNING_KEY } : {}),
  });
  return held.twowayJobs;
}
