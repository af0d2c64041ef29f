import { readDoc } from "../bson/read.ts";
import type { Call } from "../commands/call.ts";
import { find, type Query } from "../query/find.ts";
import type { Collection } from "../store/catalog.ts";
import { bytesOf } from "../store/connection.ts";
import type { Stored } from "../store/documents.ts";

/** The row as it is now, if it still matches. */
function reread(call: Call, collection: Collection, rid: number, { filter }: Query): Stored | null {
  const row = call.connection().row(`SELECT d FROM c${collection.id} WHERE rid = ?`, rid);
  if (!row) return null;
  const raw = bytesOf(row[0]);
  return filter.test(readDoc(raw, 0, filter.decode)) ? { rid, raw } : null;
}

/**
 * The documents that a write is meant for, each once and as it is at that moment: after a pause, in which others may
 * have written, a row is read and tested again; if a search for one finds it changed, the search starts again.
 */
export function* targets(call: Call, collection: Collection | undefined, query: Query): Generator<Stored | undefined> {
  const seen = new Set<number>();
  for (let missed = true; missed; ) {
    missed = false;
    let paused = false;
    for (const found of find(call, collection, query)) {
      if (found === undefined) {
        paused = true;
        yield undefined;
      } else if (!seen.has(found.rid)) {
        const row = paused ? reread(call, collection!, found.rid, query) : found;
        if (row) {
          seen.add(row.rid);
          yield row;
        } else missed = query.limit === 1;
      }
    }
  }
}
