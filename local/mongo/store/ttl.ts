import { encodeKey } from "../bson/key.ts";
import { readDoc } from "../bson/read.ts";
import { bytesOf } from "./connection.ts";
import type { Engine, Steps } from "./engine.ts";
import { keysOf } from "./index-keys.ts";
import { beginTurn, turnOver } from "./turn.ts";

/** Deletes what has expired by a TTL index: dates older than `expireAfterSeconds`; other types never expire. */
export function* expire(engine: Engine, now: number): Steps<number> {
  let n = 0;
  beginTurn();
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === null) continue;
      const [from, to] = [new Date(-8.64e15), new Date(now - index.expireAfterSeconds * 1000)].map((date) => encodeKey([date])).sort(Buffer.compare) as [Buffer, Buffer];
      for (;;) {
        if (index.dropped) break;
        const rows = engine.writer.rows(`SELECT c.rid, c.d, i.k FROM i${index.id} i JOIN c${collection.id} c ON c.rid = i.rid WHERE i.k ${index.descending[0] ? "> ? AND i.k < ?" : ">= ? AND i.k <= ?"} LIMIT 100`, ...(index.descending[0] ? bounds(to, from) : [from, to]));
        for (const [rid, d] of rows) engine.documents.delete(collection, { rid: Number(rid), raw: bytesOf(d) });
        n += rows.length;
        if (rows.length < 100) break;
        if (turnOver()) {
          yield undefined;
          beginTurn();
        }
      }
    }
  }
  return n;
}
void readDoc;
void keysOf;
function bounds(to: Buffer, from: Buffer): [Buffer, Buffer] {
  const invert = (b: Buffer) => b.map((byte) => ~byte & 0xff) as Buffer;
  return [invert(to), invert(from)];
}
