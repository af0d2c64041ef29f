import type { z } from "zod";
import { demand, deskSettings, type Actor } from "../auth/service.ts";
import { AppError } from "../errors.ts";
import { noticeSettings, notices } from "./repo.ts";
import type { NoticeKind, NoticeSettings, NoticeSettingsInput, StaffKind } from "./schema.ts";
import { ways } from "./table.ts";
import type { NoticeSettingsView } from "./view.ts";
import type { Wishes } from "./when.ts";

const kinds = Object.keys(ways) as NoticeKind[];
const usualMail = Object.fromEntries(kinds.map((kind) => [kind, ways[kind].mail])) as Wishes["mail"];
const unchanged = (personId: string): NoticeSettings => ({ _id: personId, mail: {}, digest: { every: "off", at: "08:00" }, quietHours: null, timeZone: null });

/** How each of these people wants to be told, with the usual where they chose nothing. */
export async function wishesOf(personIds: readonly string[]): Promise<(personId: string) => Wishes> {
  const found = personIds.length === 0 ? [] : await noticeSettings().find({ _id: { $in: [...personIds] } }).toArray();
  const byTime = found.some(({ digest, quietHours, timeZone }) => timeZone === null && (quietHours !== null || digest.every !== "off"));
  const deskZone = byTime ? (await deskSettings()).timeZone : "UTC";
  return (personId) => {
    const { mail, digest, quietHours, timeZone } = found.find(({ _id }) => _id === personId) ?? unchanged(personId);
    return { mail: { ...usualMail, ...mail }, digest, quietHours, timeZone: timeZone ?? deskZone };
  };
}

function own(actor: Actor): string {
  demand(actor, "staff.read");
  if (actor.kind !== "person") throw new AppError("unauthenticated", "Please sign in first.");
  return actor.id;
}

async function viewOf(personId: string): Promise<NoticeSettingsView> {
  const [kept, desk] = await Promise.all([noticeSettings().findOne({ _id: personId }), deskSettings()]);
  const { mail, digest, quietHours, timeZone } = kept ?? unchanged(personId);
  return { mail: { ...usualMail, ...mail }, digest, quietHours, timeZone, deskTimeZone: desk.timeZone };
}

/** One's own settings. */
export const noticeSettingsFor = (actor: Actor): Promise<NoticeSettingsView> => viewOf(own(actor));

/** Changes one's own settings; what is not given stays. A kind that is not mailed any more is also not mailed where it waited. */
export async function changeNoticeSettings(actor: Actor, { mail, ...rest }: z.infer<typeof NoticeSettingsInput>): Promise<NoticeSettingsView> {
  const personId = own(actor);
  const given = Object.entries({ ...rest, ...Object.fromEntries(Object.entries(mail ?? {}).map(([kind, choice]) => [`mail.${kind}`, choice])) }).filter(([, value]) => value !== undefined);
  await keep(personId, Object.fromEntries(given));
  await dropMail(personId, kinds.filter((kind) => mail?.[kind] === "never"));
  return viewOf(personId);
}

/** No mail of this kind to this person any more (of a digest: of all kinds that it gathers), as the link at the end of such a letter promises. Safe to repeat. */
export async function turnOffMail(personId: string, kind: StaffKind): Promise<void> {
  const off = kind === "digest" ? kinds.filter((each) => ways[each].gathered) : [kind];
  await keep(personId, Object.fromEntries(off.map((each) => [`mail.${each}`, "never"])));
  await dropMail(personId, off);
}

async function keep(personId: string, set: Record<string, unknown>): Promise<void> {
  const { _id, mail, ...first } = unchanged(personId);
  const untouched = Object.entries({ ...first, ...(Object.keys(set).some((path) => path.startsWith("mail.")) ? {} : { mail }) }).filter(([field]) => !(field in set));
  await noticeSettings().updateOne({ _id }, { $set: set, $setOnInsert: Object.fromEntries(untouched) }, { upsert: true });
}

async function dropMail(personId: string, of: readonly NoticeKind[]): Promise<void> {
  if (of.length > 0) await notices().updateMany({ personId, kind: { $in: [...of] }, mailAt: { $type: "date" } }, { $set: { mailAt: null } });
}
