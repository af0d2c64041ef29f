import type { Variables } from "./settings.ts";

/** The keys of each vendor. All set: the cloud. None: a service in local/. Some: the start stops with a sentence. */
export const groups = {
  database: ["MONGODB_URI"],
  realtime: ["PUSHER_APP_ID", "PUSHER_KEY", "PUSHER_SECRET"],
  mail: ["RESEND_API_KEY", "MAIL_FROM"],
  jobs: ["INNGEST_EVENT_KEY", "INNGEST_SIGNING_KEY"],
} as const;

export type Service = keyof typeof groups;

/** Whether a service is reached at its vendor or run by local/. Throws one clear sentence for half a set of keys. */
export function modeOf(service: Service, variables: Variables): "cloud" | "local" {
  const keys: readonly string[] = groups[service];
  const absent = keys.filter((key) => !variables[key]);
  if (absent.length === 0) return "cloud";
  if (absent.length === keys.length) return "local";
  throw new Error(`${service}: set ${absent.join(" and ")} as well, or none of ${keys.join(", ")}.`);
}
