import { encodeKey } from "../bson/key.ts";
import type { Query, Reader } from "../query/find.ts";
import type { Collection } from "../store/catalog.ts";
import { bytesOf } from "../store/connection.ts";
import type { Stored } from "../store/documents.ts";
import { refuse } from "../errors.ts";

/** The rows that may match a query, and whether they come in its order. */
export interface Candidates {
  rows: Generator<Stored | undefined>;
  sorted: boolean;
}

const CHUNK = 128;

export function candidates(reader: Reader, collection: Collection, query: Query): Candidates {
  const root = query.filter.root;
  const conditions = root.kind === "$and" ? root.of : [root];
  const id = conditions.find((c) => c.kind === "field" && c.name === "_id" && c.op === "$eq");
  if (id?.kind === "field") return { rows: byId(reader, collection, encodeKey([id.arg])), sorted: true };
  return { rows: scan(reader, collection), sorted: false };
}

function* byId(reader: Reader, collection: Collection, key: Buffer): Generator<Stored | undefined> {
  const row = reader.connection().row(`SELECT rid, d FROM c${collection.id} WHERE k = ?`, key);
  if (row) yield { rid: Number(row[0]), raw: bytesOf(row[1]) };
}

function* scan(reader: Reader, collection: Collection): Generator<Stored | undefined> {
  for (let last = -1; ; ) {
    if (collection.dropped) refuse(175, "the collection was dropped");
    const rows = reader.connection().rows(`SELECT rid, d FROM c${collection.id} WHERE rid > ? ORDER BY rid LIMIT ${CHUNK}`, last);
    for (const row of rows) yield { rid: (last = Number(row[0])), raw: bytesOf(row[1]) };
    if (rows.length < CHUNK) return;
  }
}
