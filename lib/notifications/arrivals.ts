import { letterTo, type PersonActor } from "../auth/service.ts";
import { hour } from "../clock.ts";
import { AppError } from "../errors.ts";
import { fileLimits } from "../file-size.ts";
import { limit } from "../limits.ts";
import { log } from "../log.ts";
import { receivedFile, receivedMail, type ReceivedMail } from "../mail.ts";
import { attach, endUnprovedSight, isWritten, write } from "../tickets/service.ts";
import { isAutomatic } from "./automatic-mail.ts";
import { provenBy } from "./reply-address.ts";

/** Pictures in a mail that are smaller belong to a signature. */
const smallPicture = 10_000;
const mostLetters = 50_000;
const anHour = 30;

/**
 * Takes a mail that came in as an answer of the requester, once. Who writes, and where, is proved by the address it
 * was sent to; what stands in From proves nothing. Mail that a program wrote, or that answers no ticket, is left,
 * with a line in the log. Throws what may pass, so that the mail service tells of it again.
 */
export async function takeAnswer(mailId: string): Promise<void> {
  const once = `mail:${mailId}`;
  const mail = (await isWritten(once)) ? null : await receivedMail(mailId);
  if (!mail) return;
  const proven = await provenBy(mail.to);
  const by = proven && (await letterTo(proven.requesterId));
  if (!proven || !by?.active) return log("info", "a mail answers no ticket", { mail: mailId });
  if (isAutomatic(mail.headers)) return log("info", "a mail that a program wrote was left", { mail: mailId, ticket: proven.ticketId });
  limit("answers by mail", proven.ticketId, { most: anHour, perMs: hour });
  const body = (await import("./answer.ts")).answerIn(mail).slice(0, mostLetters - 200);
  const writer: PersonActor = { ...(await by.actor()), roles: ["customer"], claimsFrom: [] }; // the address proves no more than whose request it is
  const { ids, left } = await filesOf(mail, writer);
  if (body === "" && ids.length === 0 && left === 0) return;
  await endUnprovedSight(proven.ticketId);
  const input = (attachmentIds: string[], out: number) => ({ id: proven.ticketId, visibility: "public" as const, body: [body, leftOut(out)].filter((part) => part !== "").join("\n\n"), ...(attachmentIds.length > 0 ? { attachmentIds } : {}) });
  try {
    await write(writer, input(ids, left), { once }).catch(async (error: unknown) => {
      if (!(error instanceof AppError) || error.kind !== "invalid" || ids.length === 0) throw error;
      return write(writer, input([], left + ids.length), { once }); // no room for its files: the words count more
    });
  } catch (error) {
    // Who may not write there any more is nobody to tell, and telling again would change nothing.
    if (!(error instanceof AppError) || (error.kind !== "missing" && error.kind !== "forbidden")) throw error;
    log("warn", "a mail's writer may not write to its ticket", { mail: mailId, ticket: proven.ticketId });
  }
}

const leftOut = (count: number) => (count === 0 ? "" : `(${count === 1 ? "One file" : `${count} files`} of this mail could not be taken.)`);

/** Uploads what is attached, as the writer. Answers the ids, and how many files were refused. */
async function filesOf({ id, files }: ReceivedMail, by: PersonActor): Promise<{ ids: string[]; left: number }> {
  const meant = files.filter(({ inline, size }) => !inline || size >= smallPicture);
  const ids: string[] = [];
  for (const file of meant.slice(0, fileLimits.perMessage)) {
    try {
      if (file.size <= fileLimits.fileBytes) ids.push((await attach(by, { name: file.name, bytes: await receivedFile(id, file.id) })).value.id);
    } catch (error) {
      // A file that is refused stays out, and the message says so; anything else may pass.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return { ids, left: meant.length - ids.length };
}
