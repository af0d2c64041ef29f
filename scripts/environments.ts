import type { Keys } from "./keys.ts";
import type { Settings, Variables } from "./settings.ts";

/** Where a desk listens and what its services are reached by; filled as they start. */
export type Addresses = { app: string; mongodb?: string; jobs?: string; realtime?: string; mail?: string; slack?: string };

/** The parts that local/main.ts runs, in the order of its contract. The Slack receiver goes with the local mail box, unless there is a Slack. */
export const partsOf = ({ local, variables }: Settings) =>
  (["jobs", "realtime", "mail", "slack"] as const).filter((part) => (part === "slack" ? local.has("mail") && !variables.SLACK_WEBHOOK_URL : local.has(part)));

/** `place` is the socket or port of this desk's database, the same at each restart. */
export function databaseEnvironment(settings: Settings, place: Variables): Variables {
  return { ...settings.variables, TWOWAY_DATA: settings.dataDir, ...place };
}

/** Ports are those of the first start, so that nobody has to look the services up again. */
export function localEnvironment(settings: Settings, keys: Keys, at: Addresses): Variables {
  return {
    ...settings.variables,
    ...keys,
    TWOWAY_DATA: settings.dataDir,
    TWOWAY_LOCAL: partsOf(settings).join(","),
    TWOWAY_APP_ORIGIN: at.app,
    TWOWAY_JOBS_PORT: portOf(at.jobs),
    TWOWAY_REALTIME_PORT: portOf(at.realtime),
    TWOWAY_MAIL_PORT: portOf(at.mail),
    TWOWAY_SLACK_PORT: portOf(at.slack),
  };
}

/** What Next gets: a service with its vendor's keys keeps them, a local one gets the generated keys and its address. */
export function appEnvironment(settings: Settings, keys: Keys, at: Addresses, demo: boolean, buildFolder: string): Variables {
  const { dev, host, local, variables } = settings;
  return {
    ...variables,
    AUTH_SECRET: variables.AUTH_SECRET || keys.AUTH_SECRET,
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    NEXT_DIST_DIR: buildFolder,
    TWOWAY_DATA: settings.dataDir,
    TWOWAY_DEMO: demo ? "1" : "0",
    TWOWAY_LOCAL: partsOf(settings).join(","),
    APP_URL: variables.APP_URL || at.app,
    HOST: host,
    PORT: portOf(at.app),
    ...(local.has("database") && { MONGODB_URI: at.mongodb }),
    ...(local.has("jobs") && {
      INNGEST_EVENT_KEY: keys.INNGEST_EVENT_KEY,
      INNGEST_SIGNING_KEY: keys.INNGEST_SIGNING_KEY,
      INNGEST_BASE_URL: at.jobs,
      INNGEST_SERVE_ORIGIN: at.app,
    }),
    ...(local.has("realtime") && {
      PUSHER_APP_ID: keys.PUSHER_APP_ID,
      PUSHER_KEY: keys.PUSHER_KEY,
      PUSHER_SECRET: keys.PUSHER_SECRET,
      PUSHER_HOST: at.realtime && new URL(at.realtime).hostname,
      PUSHER_PORT: portOf(at.realtime),
    }),
    ...(local.has("mail") && {
      RESEND_API_KEY: keys.RESEND_API_KEY,
      RESEND_BASE_URL: at.mail,
      RESEND_WEBHOOK_SECRET: keys.RESEND_WEBHOOK_SECRET,
      MAIL_FROM: "Twoway <support@twoway.test>",
    }),
    ...(partsOf(settings).includes("slack") && { SLACK_WEBHOOK_URL: at.slack && at.slack + keys.TWOWAY_SLACK_PATH }),
  };
}

const portOf = (address: string | undefined) => (address ? new URL(address).port : undefined);
