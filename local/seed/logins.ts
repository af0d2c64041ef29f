import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { customAlphabet } from "nanoid";
import type { Person, Role } from "../../lib/auth/schema.ts";

export type Login = { email: string; password: string; role: Role };

/** 14 characters that nobody confuses when reading them aloud: 69 random bits. */
const password = customAlphabet("abcdefghjkmnpqrstuvwxyz23456789", 14);

const order: readonly Role[] = ["customer", "agent", "engineer", "manager", "admin"];

/** New random passwords for these people: customers first, then agents, engineers, managers, admins. */
export function newLogins(people: readonly Person[]): Login[] {
  return order.flatMap((role) => people.filter((person) => person.roles.includes(role)).map(({ email }) => ({ email, password: password(), role })));
}

/** Keeps them where the sign-in page and the launcher look, readable by the owner of the files alone. */
export async function keepLogins(dataDir: string, logins: readonly Login[]): Promise<void> {
  const fresh = join(dataDir, `demo-logins.${process.pid}.json`);
  await writeFile(fresh, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
  await rename(fresh, join(dataDir, "demo-logins.json"));
}
