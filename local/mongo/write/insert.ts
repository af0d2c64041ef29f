import { elements, checkSize } from "../bson/raw.ts";
import { readDoc, Fields } from "../bson/read.ts";
import { encode } from "../bson/write.ts";
import type { Collection } from "../store/catalog.ts";
import type { Engine } from "../store/engine.ts";
import { checkId, withId } from "../update/upsert.ts";

const ID = new Fields(["_id"]);

/** Stores one document as it came; a missing `_id` is made, a later one moved to the front. */
export function insertDocument(engine: Engine, collection: Collection, raw: Buffer): void {
  const first = elements(raw).next();
  checkId(readDoc(raw, 0, ID));
  const stored = !first.done && first.value.name === "_id" ? raw : encode(withId(readDoc(raw)));
  engine.documents.insert(collection, checkSize(stored));
}
