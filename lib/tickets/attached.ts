import { invalid } from "../errors.ts";
import { fileLimits, sizeWords } from "../file-size.ts";
import type { Attached, AttachedFile, Visibility } from "./schema.ts";

export const nothingAttached: Attached = { count: 0, bytes: 0, publicCount: 0, publicBytes: 0 };

const bytesOf = (files: readonly AttachedFile[]) => files.reduce((sum, { size }) => sum + size, 0);

/** The count of a ticket's files with those of one more message. */
export function withFiles(before: Attached = nothingAttached, files: readonly AttachedFile[], visibility: Visibility): Attached {
  const [count, bytes] = [files.length, bytesOf(files)];
  const isPublic = visibility === "public";
  return { count: before.count + count, bytes: before.bytes + bytes, publicCount: before.publicCount + (isPublic ? count : 0), publicBytes: before.publicBytes + (isPublic ? bytes : 0) };
}

/**
 * Refuses (400) files that are too many for one message or for the ticket. A customer's count is of public files
 * alone: a full ticket must not tell them of files in private notes.
 */
export function demandRoom(before: Attached = nothingAttached, files: readonly AttachedFile[] = [], side: "customer" | "staff" | "system"): void {
  if (files.length === 0) return;
  const { perMessage, messageBytes, perTicket, ticketBytes } = fileLimits;
  if (files.length > perMessage) throw invalid("attachmentIds", `may name ${perMessage} files at most`);
  if (bytesOf(files) > messageBytes) throw invalid("attachmentIds", `the files of one message may have ${sizeWords(messageBytes)} together`);
  const [count, bytes] = side === "customer" ? [before.publicCount, before.publicBytes] : [before.count, before.bytes];
  if (count + files.length > perTicket || bytes + bytesOf(files) > ticketBytes) throw invalid("attachmentIds", `a ticket may have ${perTicket} files and ${sizeWords(ticketBytes)} at most; this one has ${count} and ${sizeWords(bytes)}`);
}
