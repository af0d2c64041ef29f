import type { AttachedFile } from "@/lib/tickets/schema.ts";

type Kept = AttachedFile & { at: number };

/** The desk removes after a day what no message took: an older one is forgotten here without a word. */
const keptMs = 23 * 3_600_000;
const keyOf = (place: string) => `twoway.files.${place}`;

function read(place: string): Kept[] {
  try {
    const all = JSON.parse(localStorage.getItem(keyOf(place)) ?? "[]") as Kept[];
    return all.filter(({ at }) => Date.now() - at < keptMs);
  } catch {
    // written by an older page, or by hand: a draft without its files
    return [];
  }
}

/** The uploaded files of a draft, as this browser remembers them. */
export const keptFiles = (place: string): AttachedFile[] => read(place).map(({ id, name, size, type }) => ({ id, name, size, type }));

/** Remembers the uploaded files of a draft until it is sent. */
export function keepFiles(place: string, files: readonly AttachedFile[]): void {
  const known = new Map(read(place).map(({ id, at }) => [id, at]));
  if (files.length === 0) localStorage.removeItem(keyOf(place));
  else localStorage.setItem(keyOf(place), JSON.stringify(files.map((file): Kept => ({ ...file, at: known.get(file.id) ?? Date.now() }))));
}
