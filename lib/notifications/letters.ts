import type { NoticeKind } from "./schema.ts";

/** Stands in until letters to staff are written: nothing goes out. */
export async function writeLetter(_letter: { kind: NoticeKind | "digest"; rowId: string; personId: string; facts?: unknown }): Promise<void> {}
export async function postToSlack(_post: { kind: NoticeKind; rowId: string; mention?: string }): Promise<void> {}
