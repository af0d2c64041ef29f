import type { z } from "zod";
import type { Actor } from "../auth/service.ts";
import { missing } from "../errors.ts";
import { readLink } from "../file-links.ts";
import { fileResponse } from "../file-response.ts";
import { isPreviewed } from "../file-types.ts";
import type { Arriving } from "../multipart.ts";
import type { FileToken } from "./schema.ts";
import { claimedFile, upload } from "./upload.ts";

/** Takes one file from the API, with the print by which a repeated request is known. */
export async function attach(actor: Actor, file: Arriving) {
  const { sha256, ...value } = await upload(actor, file);
  return { value, print: sha256 };
}

/** Takes the files of a form that was sent without JavaScript; answers their ids. */
export async function attachAll(actor: Actor, files: readonly File[] = []): Promise<string[]> {
  const ids: string[] = [];
  for (const file of files) ids.push((await upload(actor, { name: file.name, bytes: file.stream() })).id);
  return ids;
}

/** A file for whoever has a link to it: as a download, or shown if it was asked for and is an image that a page may show. */
export async function download({ token, preview }: z.output<typeof FileToken>, request: Request): Promise<Response> {
  const file = await claimedFile(readLink(token));
  if (!file) throw missing("file");
  return fileResponse(request, { ...file, id: file._id }, preview !== undefined && isPreviewed(file.type) ? "inline" : "attachment");
}
