import { readDoc } from "../bson/read.ts";
import type { Doc } from "../bson/value.ts";
import { Raw, type Writable } from "../bson/write.ts";
import { CommandError, refuse } from "../errors.ts";
import { compileProjection } from "../query/projection.ts";
import type { Steps } from "../store/engine.ts";
import { MAX_BATCH, rawArray } from "../wire/message.ts";
import { deleteQuery, deletesAll, runDelete } from "../write/delete.ts";
import { insertDocument } from "../write/insert.ts";
import { runUpdate, updateStatement } from "../write/update.ts";
import { turnOver } from "../store/turn.ts";
import type { Call, Command, Reply } from "./call.ts";

/** Runs the statements one after the other; a failure becomes an entry of writeErrors and ends an ordered command. */
export function* statements<T>(items: T[], ordered: boolean, run: (item: T, index: number) => Steps<void> | void): Steps<Writable[]> {
  const errors: Writable[] = [];
  for (const [index, item] of items.entries()) {
    if (index > 0 && turnOver()) yield undefined;
    try {
      const steps = run(item, index);
      if (steps) yield* steps;
    } catch (error) {
      // Only what the client may know as a failed statement; anything else fails the whole command.
      if (!(error instanceof CommandError) || error.code === 112) throw error;
      errors.push({ index, code: error.code, errmsg: error.message, ...(error.details as Record<string, Writable>) });
      if (ordered) break;
    }
  }
  return errors;
}

/** Documents of a list argument, from the sequence or the body. */
export function documents(call: Call, name: string): Buffer[] {
  const found = call.request.sequences.get(name) ?? rawArray(call.request.body, name);
  if (!found || found.length === 0 || found.length > MAX_BATCH) refuse(found ? 9 : 40414, `Write batch sizes must be between 1 and ${MAX_BATCH}: BSON field '${call.name}.${name}'`);
  return found;
}

/** Refuses a statement with a field that is unknown here. */
export function checkFields(spec: Doc, what: string, allowed: string[]): void {
  for (const name of spec.keys()) if (!allowed.includes(name)) refuse(40415, `BSON field '${what}.${name}' is an unknown field. The local database does not support it.`);
}

const errorsOr = (errors: Writable[]) => (errors.length > 0 ? { writeErrors: errors } : {});

export const WRITES: Record<string, Command> = {
  insert: {
    fields: ["documents", "ordered", "bypassDocumentValidation"],
    kind: "write",
    transactional: true,
    *run(call): Steps<Reply> {
      const docs = documents(call, "documents");
      const collection = call.ensure(call.ns);
      let n = 0;
      const errors = yield* statements(docs, call.flag("ordered", true), (raw) => {
        insertDocument(call.engine, collection, raw);
        n++;
      });
      return { n, ...errorsOr(errors) };
    },
  },
  update: {
    fields: ["updates", "ordered", "bypassDocumentValidation", "let"],
    kind: "write",
    transactional: true,
    *run(call): Steps<Reply> {
      const ns = call.ns;
      const upserted: Writable[] = [];
      let [n, nModified] = [0, 0];
      const errors = yield* statements(documents(call, "updates"), call.flag("ordered", true), function* (raw, index) {
        const spec = readDoc(raw);
        checkFields(spec, "update.updates", ["q", "u", "multi", "upsert", "arrayFilters", "hint", "sort"]);
        const result = yield* runUpdate(call, ns, updateStatement(call, spec, "q", "u"));
        n += result.matched + (result.inserted ? 1 : 0);
        nModified += result.modified;
        if (result.inserted) upserted.push({ index, _id: result.inserted.get("_id") });
      });
      return { n, nModified, ...(upserted.length > 0 ? { upserted } : {}), ...errorsOr(errors) };
    },
  },
  delete: {
    fields: ["deletes", "ordered", "let"],
    kind: "write",
    transactional: true,
    *run(call): Steps<Reply> {
      const ns = call.ns;
      let n = 0;
      const errors = yield* statements(documents(call, "deletes"), call.flag("ordered", true), function* (raw) {
        const spec = readDoc(raw);
        checkFields(spec, "delete.deletes", ["q", "limit", "hint"]);
        n += (yield* runDelete(call, ns, deleteQuery(call, spec, "q", deletesAll(spec)))).n;
      });
      return { n, ...errorsOr(errors) };
    },
  },
  findAndModify: {
    fields: ["query", "sort", "remove", "update", "new", "fields", "upsert", "arrayFilters", "hint", "let", "bypassDocumentValidation"],
    kind: "write",
    transactional: true,
    *run(call): Steps<Reply> {
      const ns = call.ns;
      const spec = call.doc("fields");
      const projection = spec.size > 0 ? compileProjection(spec, call.variables, true) : null;
      const shown = (raw: Buffer | null): Writable => (raw === null ? null : projection ? projection.ofRaw(raw) : new Raw(raw));
      if (call.flag("remove")) {
        if (call.body.has("update") || call.flag("upsert") || call.flag("new")) refuse(9, "Cannot specify both an update and remove=true");
        const q = call.doc("query");
        const { n, last } = yield* runDelete(call, ns, deleteQuery(call, new Map([...call.body, ["query", q]]), "query", false));
        return { lastErrorObject: { n }, value: shown(last) };
      }
      const result = yield* runUpdate(call, ns, updateStatement(call, call.body, "query", "update"));
      const id = result.inserted?.get("_id");
      return {
        lastErrorObject: { n: result.matched + (result.inserted ? 1 : 0), updatedExisting: result.matched > 0, ...(id === undefined ? {} : { upserted: id }) },
        value: shown(call.flag("new") ? result.after : result.before),
      };
    },
  },
};
