import { z } from "zod";

const optional = z.string().min(1).optional();

/** Every variable the app reads, with what it is for; .env.example is checked against this list. */
export const Variables = z.object({
  APP_URL: z.url().default("http://127.0.0.1:3000").describe("Public address of the desk, used in mails"),
  AUTH_SECRET: z.string().min(32).describe("Signs sessions and tokens; generated under TWOWAY_DATA when not set"),
  TWOWAY_DATA: z.string().default(".data").describe("The one folder that local services write"),
  TWOWAY_DEMO: z.enum(["0", "1"]).default("0").describe("1: seed the demo company and offer its people at sign-in; set by npm start"),
  TWOWAY_LOCAL: z.string().default("").describe("Which services of local/ run beside the app (jobs,realtime,mail,slack); set by npm start"),
  TWOWAY_CLOCK_FILE: optional.describe("For tests and demonstrations only: a file with the milliseconds by which the clocks of app and local jobs are moved"),
  MONGODB_URI: z.string().min(1).describe("MongoDB 8 replica set or Atlas, with the database's name in the path"),
  INNGEST_EVENT_KEY: optional.describe("Inngest: key for sending events"),
  INNGEST_SIGNING_KEY: optional.describe("Inngest: key that signs calls to the app"),
  INNGEST_BASE_URL: optional.describe("Inngest: address of a self-hosted or local service"),
  INNGEST_SERVE_ORIGIN: optional.describe("Inngest: origin under which the service reaches this app"),
  PUSHER_APP_ID: z.string().min(1).describe("Pusher: id of the app"),
  PUSHER_KEY: z.string().min(1).describe("Pusher: public key of the app"),
  PUSHER_SECRET: z.string().min(1).describe("Pusher: secret of the app"),
  PUSHER_CLUSTER: z.string().default("").describe("Pusher: cluster, empty for a compatible server"),
  PUSHER_HOST: optional.describe("Pusher-compatible server: host for publishing"),
  PUSHER_PORT: optional.describe("Pusher-compatible server: port for publishing"),
  RESEND_API_KEY: z.string().min(1).describe("Resend: API key"),
  RESEND_BASE_URL: optional.describe("Resend-compatible server: address"),
  RESEND_WEBHOOK_SECRET: optional.describe("Resend: secret that signs webhooks (whsec_…)"),
  SLACK_WEBHOOK_URL: optional.describe("Slack: address of an incoming webhook"),
  MAIL_FROM: z.string().default("Support <support@localhost>").describe("Sender of every mail"),
});
export type Env = z.infer<typeof Variables>;

let read: Env | null = null;

/** The environment, read and checked at first use (never at build). */
export function env(): Env {
  read ??= Variables.parse(Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== "")));
  return read;
}

/** Whether the service of this part is the one in local/, started beside the app: it has doors of its own for operators. */
export const runsBeside = (part: "jobs" | "realtime" | "mail"): boolean => env().TWOWAY_LOCAL.split(",").includes(part);

export const isDemo = (): boolean => env().TWOWAY_DEMO === "1";
