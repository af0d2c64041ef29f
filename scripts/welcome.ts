import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Addresses } from "./environments.ts";

type Login = { email: string; password: string; role: string };

/** What a person needs to know once the desk can be used. */
export function welcome(root: string, dataDir: string, at: Addresses, demo: boolean): string {
  const folder = relative(root, dataDir);
  const rows = { Desk: at.app, "Mail box": at.mail ?? "your mail provider", ...(at.slack && { "Slack box": at.slack }), Data: folder.startsWith("..") ? dataDir : folder };
  const lines = Object.entries(rows).map(([name, value]) => `  ${name.padEnd(10)}${value}`);
  return ["", "Twoway is ready.", "", ...lines, ...people(dataDir, demo), ...setup(dataDir, at.app), "", "Ctrl-C stops it.", ""].join("\n");
}

function people(dataDir: string, demo: boolean): string[] {
  const file = join(dataDir, "demo-logins.json");
  if (!demo || !existsSync(file)) return [];
  const logins: Login[] = JSON.parse(readFileSync(file, "utf8"));
  const width = (key: keyof Login) => Math.max(...logins.map((login) => login[key].length)) + 2;
  const rows = logins.map(({ role, email, password }) => `  ${role.padEnd(width("role"))}${email.padEnd(width("email"))}${password}`);
  return ["", "The demo's people (one click on the sign-in page, or with these passwords):", ...rows];
}

/** The app keeps this file while there is no admin. */
function setup(dataDir: string, app: string): string[] {
  const file = join(dataDir, "setup-link");
  if (!existsSync(file)) return [];
  return ["", "Create the first admin (the link works once):", `  ${new URL(readFileSync(file, "utf8").trim(), app)}`];
}
