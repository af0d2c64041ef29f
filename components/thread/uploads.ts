"use client";
import { useSyncExternalStore } from "react";
import { fileLimits, sizeWords } from "@/lib/file-size.ts";
import type { AttachedFile } from "@/lib/tickets/schema.ts";
import { newKey } from "../api.ts";
import { keptFiles, keepFiles } from "./kept-files.ts";
import { sendFile } from "./send-file.ts";

/** A file on its way into a message. `there`: uploaded, and named by `file.id` when the message is sent. */
export type Upload = {
  key: string;
  name: string;
  size: number;
  state: "waiting" | "sending" | "there" | "failed";
  /** How much of it has been sent, 0 to 1. */
  sent: number;
  file: AttachedFile | null;
  /** Why it failed, as a sentence about it. */
  problem: string | null;
  retry: boolean;
  /** A picture of it from this browser, while the page is open. */
  picture: string | null;
};

const baskets = new Map<string, readonly Upload[]>();
const listeners = new Set<() => void>();
const sources = new Map<string, File>();
let running: { key: string; cancel: () => void } | null = null;
const none: readonly Upload[] = [];
/** A draft outlives its page; a form that is left begins anew. */
const isDraft = (place: string) => place.startsWith("draft.");

/** What is being attached at one place: a kind of message on a ticket, or a form. */
export function uploadsAt(place: string): readonly Upload[] {
  const known = baskets.get(place);
  if (known) return known;
  const kept = (isDraft(place) ? keptFiles(place) : []).map((file): Upload => ({ key: file.id, name: file.name, size: file.size, state: "there", sent: 1, file, problem: null, retry: false, picture: null }));
  const found = kept.length > 0 ? kept : none;
  baskets.set(place, found);
  return found;
}

function set(place: string, uploads: readonly Upload[]) {
  baskets.set(place, uploads);
  if (isDraft(place)) keepFiles(place, uploads.flatMap(({ file }) => file ?? []));
  for (const listener of listeners) listener();
}

const change = (place: string, key: string, to: Partial<Upload>) => set(place, uploadsAt(place).map((one) => (one.key === key ? { ...one, ...to } : one)));

/** What the door would refuse is refused here, in its words, before a byte is sent. */
function problemOf(file: File, beside: readonly Upload[]): string | null {
  const { fileBytes, perMessage, messageBytes } = fileLimits;
  if (file.size > fileBytes) return `Larger than ${sizeWords(fileBytes)}, which is the most for one file.`;
  if (file.size === 0) return "Empty, or a folder. Only files with content can be sent.";
  if (beside.length >= perMessage) return `More than ${perMessage} files don’t go into one message.`;
  if (beside.reduce((sum, { size }) => sum + size, file.size) > messageBytes) return `All files of one message may have ${sizeWords(messageBytes)} together.`;
  return null;
}

const shown = /^image\/(png|jpeg|gif|webp)$/;

/** Starts to upload files at a place, one after another. Those that can't be sent stay listed with the reason. */
export function addFiles(place: string, files: Iterable<File>): void {
  for (const file of files) {
    const key = newKey();
    const problem = problemOf(file, uploadsAt(place).filter((one) => one.state !== "failed" || one.retry));
    sources.set(key, file);
    set(place, [...uploadsAt(place), { key, name: file.name, size: file.size, state: problem ? "failed" : "waiting", sent: 0, file: null, problem, retry: false, picture: shown.test(file.type) ? URL.createObjectURL(file) : null }]);
  }
  next();
}

/** One at a time: the first answer may bring the cookie by which the next file is known to be of the same browser. */
function next() {
  if (running) return;
  for (const [place, uploads] of baskets) {
    const one = uploads.find(({ state }) => state === "waiting");
    const source = one && sources.get(one.key);
    if (!one || !source) continue;
    const { key } = one;
    const cancel = sendFile(source, key, {
      progress: (sent) => change(place, key, { sent }),
      done: (file) => { change(place, key, { state: "there", sent: 1, file }); ended(); },
      failed: (problem, retry) => { change(place, key, { state: "failed", sent: 0, problem, retry }); ended(); },
    });
    running = { key, cancel };
    change(place, key, { state: "sending", sent: 0, problem: null });
    return;
  }
}

function ended() {
  running = null;
  next();
}

export function retryUpload(place: string, key: string): void {
  change(place, key, { state: "waiting", problem: null });
  next();
}

/** Takes a file off the list; one that is on its way is cancelled. */
export function removeUpload(place: string, key: string): void {
  const one = uploadsAt(place).find((each) => each.key === key);
  set(place, uploadsAt(place).filter((each) => each.key !== key));
  if (one) forget([one]);
  if (running?.key === key) {
    running.cancel();
    ended();
  }
}

/** Forgets what only this page holds of files: they are sent, or no longer wanted. */
export function forget(uploads: readonly Upload[]): void {
  for (const { key, picture } of uploads) {
    sources.delete(key);
    if (picture) URL.revokeObjectURL(picture);
  }
}

/** Empties a place and answers what was there: it is in a message now, or comes back with `putBack`. */
export function takeUploads(place: string): readonly Upload[] {
  const taken = uploadsAt(place);
  set(place, none);
  return taken;
}

/** Brings files back that could not be sent. Those at the `lost` indexes are no longer at the desk, and are to be uploaded again. */
export function putBack(place: string, uploads: readonly Upload[], lost: readonly number[] = []): void {
  const back = uploads.map((one, index): Upload => (lost.includes(index) ? { ...one, state: "failed", file: null, problem: "No longer kept here: it waited too long.", retry: sources.has(one.key) } : one));
  set(place, [...back, ...uploadsAt(place)]);
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useUploads = (place: string): readonly Upload[] => useSyncExternalStore(onChange, () => uploadsAt(place), () => none);

/** Where the files of a draft stand, beside its text. */
export const draftPlace = (ticketId: string, visibility: "public" | "private"): string => `draft.${ticketId}.${visibility}`;
