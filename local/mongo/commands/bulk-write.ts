import { integer } from "../bson/numbers.ts";
import { elements } from "../bson/raw.ts";
import { readDoc } from "../bson/read.ts";
import type { Doc } from "../bson/value.ts";
import type { Writable } from "../bson/write.ts";
import { refuse } from "../errors.ts";
import type { Steps } from "../store/engine.ts";
import { deleteQuery, runDelete } from "../write/delete.ts";
import { insertDocument } from "../write/insert.ts";
import { runUpdate, updateStatement } from "../write/update.ts";
import type { Call, Command, Reply } from "./call.ts";
import { checkFields, documents, statements } from "./writes.ts";

interface Totals {
  nInserted: number;
  nMatched: number;
  nModified: number;
  nUpserted: number;
  nDeleted: number;
}

/** One operation; returns its entry of the results. */
function* operate(call: Call, namespaces: string[], raw: Buffer, totals: Totals): Steps<Record<string, Writable>> {
  const first = elements(raw).next().value;
  const kind = first ? first.name : "";
  const ns = namespaces[first?.type === 0x10 ? raw.readInt32LE(first.value) : -1] ?? refuse(9, "BSON field 'bulkWrite.ops' names a namespace that is not in nsInfo");
  if (kind === "insert") {
    const doc = [...elements(raw)].find((e) => e.name === "document" && e.type === 0x03) ?? refuse(40414, "BSON field 'bulkWrite.insert.document' is missing but a required field");
    insertDocument(call.engine, call.ensure(ns), raw.subarray(doc.value, doc.end));
    totals.nInserted++;
    return { n: 1 };
  }
  const op: Doc = readDoc(raw);
  if (kind === "update") {
    checkFields(op, "bulkWrite.ops", ["update", "filter", "updateMods", "multi", "upsert", "arrayFilters", "hint", "sort"]);
    const { matched, modified, inserted } = yield* runUpdate(call, ns, updateStatement(call, op, "filter", "updateMods"));
    totals.nMatched += matched;
    totals.nModified += modified;
    if (inserted) totals.nUpserted++;
    return { n: matched + (inserted ? 1 : 0), nModified: modified, ...(inserted ? { upserted: { _id: inserted.get("_id")! } } : {}) };
  }
  if (kind !== "delete") refuse(9, `Unrecognized bulkWrite operation: ${kind}`);
  checkFields(op, "bulkWrite.ops", ["delete", "filter", "multi", "hint"]);
  const { n } = yield* runDelete(call, ns, deleteQuery(call, op, "filter", op.get("multi") === true));
  totals.nDeleted += n;
  return { n };
}

/** The `bulkWrite` command of MongoDB 8 (`client.bulkWrite` of the drivers): many operations on many collections. */
export const BULK_WRITE: Command = {
  fields: ["ops", "nsInfo", "ordered", "errorsOnly", "cursor", "let", "bypassDocumentValidation"],
  kind: "write",
  transactional: true,
  *run(call): Steps<Reply> {
    if (call.db !== "admin") refuse(13, "bulkWrite may only be run against the admin database.");
    const namespaces = documents(call, "nsInfo").map((raw) => {
      const ns = String(readDoc(raw).get("ns"));
      const dot = ns.indexOf(".");
      if (dot <= 0 || dot === ns.length - 1 || ns.slice(dot + 1).startsWith("system.")) refuse(73, `Invalid namespace specified '${ns}'`);
      return ns;
    });
    const totals: Totals = { nInserted: 0, nMatched: 0, nModified: 0, nUpserted: 0, nDeleted: 0 };
    const results: Record<string, Writable>[] = [];
    const errors = yield* statements(documents(call, "ops"), call.flag("ordered", true), function* (raw, idx) {
      const result = yield* operate(call, namespaces, raw, totals);
      if (!call.flag("errorsOnly")) results.push({ ok: 1, idx, ...result });
    });
    for (const error of errors as { index: number }[]) {
      const { index, ...rest } = error;
      results.push({ ok: 0, idx: index, n: 0, ...rest });
    }
    results.sort((a, b) => integer(a.idx as number, "idx") - integer(b.idx as number, "idx"));
    return { cursor: { id: 0n, ns: "admin.$cmd.bulkWrite", firstBatch: results }, nErrors: errors.length, ...totals };
  },
};
