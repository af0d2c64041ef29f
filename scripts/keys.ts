import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writePrivate } from "./files.ts";

const fresh = {
  AUTH_SECRET: () => randomBytes(32).toString("base64url"),
  INNGEST_EVENT_KEY: () => randomBytes(24).toString("base64url"),
  INNGEST_SIGNING_KEY: () => `signkey-prod-${randomBytes(32).toString("hex")}`,
  PUSHER_APP_ID: () => String(randomBytes(4).readUInt32BE()),
  PUSHER_KEY: () => randomBytes(10).toString("hex"),
  PUSHER_SECRET: () => randomBytes(24).toString("hex"),
  RESEND_API_KEY: () => `re_${randomBytes(24).toString("base64url")}`,
  RESEND_WEBHOOK_SECRET: () => `whsec_${randomBytes(24).toString("base64")}`,
  TWOWAY_SLACK_PATH: () => `/services/T${randomBytes(4).toString("hex").toUpperCase()}/B${randomBytes(4).toString("hex").toUpperCase()}/${randomBytes(18).toString("base64url")}`,
};

export type Keys = Record<keyof typeof fresh, string>;

/** The keys between the desk and its local services: made at the first start, kept in `keys.json` that only the owner may read. */
export function keysIn(dataDir: string): Keys {
  const file = join(dataDir, "keys.json");
  const kept: Partial<Keys> = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const made = Object.entries(fresh).map(([name, make]) => [name, kept[name as keyof Keys] ?? make()]);
  const keys: Keys = Object.fromEntries(made);
  if (Object.keys(fresh).some((name) => !(name in kept))) writePrivate(file, JSON.stringify(keys, null, 2));
  return keys;
}
