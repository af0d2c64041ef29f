/** Forms that all of the operators' answers share: times in ISO 8601, JSON read back and cut when it is long. */
export const time = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : new Date(at).toISOString());

export const read = (json: string | null | undefined): unknown => (json === null || json === undefined ? null : JSON.parse(json));

/** A stored JSON value, or the beginning of its text when it has more letters than `most`. */
export function cut(json: string | null, most: number): { value: unknown; cut: boolean } {
  return json !== null && json.length > most ? { value: json.slice(0, most), cut: true } : { value: read(json), cut: false };
}

/** An error in a line: a list of a hundred runs must stay small. */
export function brief(error: string | null): { name: string; message: string } | null {
  if (error === null) return null;
  const { name, message } = JSON.parse(error) as { name: string; message: string };
  return { name, message: message.length > 300 ? `${message.slice(0, 300)}…` : message };
}

/** A filter that is none; its sentence is the answer (400). */
export class BadQuery extends Error {}

/** `limit` of a list, 50 unless asked. Throws BadQuery outside 1 to 200. */
export function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw new BadQuery("limit is a number from 1 to 200.");
  return limit;
}

/** How many rows, the newest first, a search for a text looks through for one page. */
export const searched = 5000;
