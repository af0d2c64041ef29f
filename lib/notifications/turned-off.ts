import type { z } from "zod";
import { now } from "../clock.ts";
import { missing } from "../errors.ts";
import { turnOffMail, wishesOf } from "./preferences.ts";
import { isUnwanted, noteWish } from "./repo.ts";
import { NoticeKind, RequesterKind, type MailOffInput } from "./schema.ts";
import { ways } from "./table.ts";
import { kindInWords, readTurnOff } from "./turn-off.ts";

/** The kinds that a letter to staff is about: a digest gathers many. */
const noticesIn = (kind: string): NoticeKind[] => (kind === "digest" ? NoticeKind.options.filter((each) => ways[each].gathered) : NoticeKind.options.filter((each) => each === kind));

/** `what`: the letters in words. `staff`: their settings have more to choose from. */
export type MailOffPage = { what: string; off: boolean; staff: boolean };

/** How things stand for the letters that a link is about; reads only. Throws 404 for a link that we did not make. */
export async function mailOffPage(token: string): Promise<MailOffPage> {
  const { personId, kind } = known(token);
  const customers = RequesterKind.safeParse(kind);
  const wishes = customers.success ? null : (await wishesOf([personId]))(personId);
  const off = customers.success ? await isUnwanted(personId, customers.data) : noticesIn(kind).every((each) => wishes?.mail[each] === "never");
  return { what: kindInWords(kind), off, staff: !customers.success };
}

/**
 * Turns letters of one kind off for the person whose link it is, or (customers) on again. Asked by a mail program it
 * answers with a word and no redirect, which such programs do not follow (RFC 8058, 3.1); asked from our page, with it.
 */
export async function turnOffByLink({ token, page, on }: z.output<typeof MailOffInput>): Promise<Response> {
  const { personId, kind } = known(token);
  const customers = RequesterKind.safeParse(kind);
  if (customers.success) await noteWish(personId, customers.data, on !== undefined, now());
  else for (const each of noticesIn(kind)) await turnOffMail(personId, each);
  return page === undefined ? new Response("Done.\n", { headers: { "content-type": "text/plain; charset=utf-8" } }) : toPage(token);
}

/** A mail program that opens the door like a page is shown the page, which changes nothing. */
export const showMailOff = ({ token }: z.output<typeof MailOffInput>): Promise<Response> => Promise.resolve(toPage(token));

const toPage = (token: string) => new Response(null, { status: 303, headers: { location: `/mail-off/${encodeURIComponent(token)}`, "cache-control": "no-store" } });

function known(token: string) {
  const read = readTurnOff(token);
  if (!read) throw missing("link");
  return read;
}
