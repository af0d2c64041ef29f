import { encodeKey } from "../bson/key.ts";
import { bytesOfInterval } from "../plan/bounds.ts";
import { bytesOf } from "./connection.ts";
import type { Engine, Steps } from "./engine.ts";
import { SESSION_MINUTES } from "./sessions.ts";
import { turnOver } from "./turn.ts";

/** Deletes what has expired: the replies kept for idle sessions, and by a TTL index documents whose dates are older than `expireAfterSeconds` (other types never expire). */
export function* expire(engine: Engine, now: number): Steps<number> {
  let n = 0;
  engine.writer.run("DELETE FROM replies WHERE at < ?", now - SESSION_MINUTES * 60_000);
  for (const collection of engine.catalog.all()) {
    for (const index of collection.indexes) {
      if (index.expireAfterSeconds === null) continue;
      const limit = new Date(now - index.expireAfterSeconds * 1000);
      const { start, end } = bytesOfInterval(Buffer.alloc(0), { from: encodeKey([new Date(-8.64e15)]), fromIn: true, to: encodeKey([limit]), toIn: true }, index.descending[0]!);
      while (!index.dropped) {
        const rows = engine.writer.rows(`SELECT c.rid, c.d FROM i${index.id} i CROSS JOIN c${collection.id} c ON c.rid = i.rid WHERE i.k >= ? AND i.k < ? LIMIT 100`, start, end);
        for (const [rid, d] of rows) engine.documents.delete(collection, { rid: Number(rid), raw: bytesOf(d) });
        n += rows.length;
        if (rows.length < 100) break;
        if (turnOver()) yield undefined;
      }
    }
  }
  return n;
}
