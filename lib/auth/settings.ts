import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "react";
import { z } from "zod";
import { env, isDemo } from "../env.ts";
import { invalid } from "../errors.ts";
import { system, demand, type Actor } from "./policy.ts";
import { currentSettings, people, queues, save } from "./repo.ts";
import { Role, type DeskSettings, type SettingsInput } from "./schema.ts";
import type { DemoPerson, SettingsView } from "./view.ts";

const view = ({ _id, seq: _seq, ...shown }: DeskSettings): SettingsView => shown;

/** The desk's settings, for anybody: they hold no secret. Looked up once a page, though its title asks as well. */
export const deskSettings = cache(async (): Promise<SettingsView> => view(await currentSettings()));

export async function settingsFor(actor: Actor): Promise<SettingsView> {
  demand(actor, "staff.read");
  return deskSettings();
}

export async function changeSettings(actor: Actor, input: z.infer<typeof SettingsInput>): Promise<SettingsView> {
  demand(actor, "settings.edit");
  const before = await currentSettings();
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  demandRoomForNudge({ ...before, ...given });
  const blinds = before.queueVisibility && input.queueVisibility === false;
  const lostSight = blinds ? await queues().distinct("memberIds") : [];
  return view(await save("settings", before.seq === 0 ? null : before, { ...before, ...given }, actor, [{ type: "settings/changed", data: given, lostSight }]));
}

/** The customer is told before a request closes, so not before it was resolved. */
function demandRoomForNudge({ nudgeHours, closeAfterDays }: DeskSettings): void {
  if (nudgeHours >= closeAfterDays * 24) throw invalid("nudgeHours", `must be less than the ${closeAfterDays * 24} hours until it is closed`);
}

/** Names the desk at its set-up. */
export async function nameDesk(name: string): Promise<void> {
  const before = await currentSettings();
  await save("settings", before.seq === 0 ? null : before, { ...before, name }, system("setup"), [{ type: "settings/changed", data: { name } }]);
}

const DemoLogins = z.array(z.object({ email: z.string(), password: z.string(), role: Role }));

/** The people whom a demo desk offers at sign-in; nobody on any other desk. */
export async function demoPeople(): Promise<DemoPerson[]> {
  if (!isDemo()) return [];
  const file = await readFile(join(env().TWOWAY_DATA, "demo-logins.json"), "utf8");
  const logins = DemoLogins.parse(JSON.parse(file));
  const found = await people().find({ email: { $in: logins.map(({ email }) => email) } }, { projection: { email: 1, name: 1 } }).toArray();
  return logins.flatMap(({ email, role }) => {
    const person = found.find((each) => each.email === email);
    return person ? [{ email, name: person.name, role }] : [];
  });
}
