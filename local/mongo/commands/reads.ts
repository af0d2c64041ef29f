import { identity } from "../bson/key.ts";
import { isDoc, type Value } from "../bson/value.ts";
import { integer } from "../bson/numbers.ts";
import { checkSize } from "../bson/raw.ts";
import { encode, Raw, type Writable } from "../bson/write.ts";
import { Fields, readDoc } from "../bson/read.ts";
import { refuse } from "../errors.ts";
import { Source } from "../aggregate/source.ts";
import { compileFilter } from "../query/filter.ts";
import { find, type Query } from "../query/find.ts";
import { compileProjection, type Projection } from "../query/projection.ts";
import { parseSort } from "../query/sort.ts";
import type { Answers, Batch } from "../store/cursors.ts";
import type { Steps } from "../store/engine.ts";
import { turnOver } from "../store/turn.ts";
import { project } from "../store/path.ts";
import type { Call, Command, Reply } from "./call.ts";
import { counted } from "./count.ts";

const owner = ({ transaction }: Call): string => (transaction ? `${transaction.session}/${transaction.number}` : "");
const cursorReply = ({ id, ns, docs }: Batch, first: boolean): Reply => ({ cursor: { [first ? "firstBatch" : "nextBatch"]: docs, id, ns } });

/** What a find answers with: the stored bytes themselves, unless a projection changes them. */
function* answersOf(call: Call, query: Query, projection: Projection | null): Answers {
  for (const row of find(call, call.target, query)) {
    if (row === undefined) yield undefined;
    else {
      const out = projection ? projection.ofRaw(row.raw) : new Raw(row.raw);
      yield out instanceof Raw ? out : new Raw(encode(out));
    }
  }
}

function queryOf(call: Call, filterField: string): Query {
  const limit = call.body.get("limit") === undefined ? 0 : integer(call.body.get("limit"), "limit");
  return { filter: compileFilter(call.doc(filterField), call.variables), sort: parseSort(call.body.get("sort")), skip: call.count("skip"), limit: Math.abs(limit), hint: call.hint() };
}

const batchSize = (v: Value | undefined): number => {
  const n = v === undefined ? 101 : integer(v, "batchSize");
  return n < 0 ? refuse(51024, `BSON field 'batchSize' value must be >= 0, actual value '${n}'`) : n;
};

export const READS: Record<string, Command> = {
  find: {
    fields: ["filter", "sort", "projection", "hint", "skip", "limit", "batchSize", "singleBatch", "allowDiskUse", "let"],
    kind: "read",
    transactional: true,
    *run(call): Steps<Reply> {
      const spec = call.doc("projection");
      const projection = spec.size === 0 ? null : compileProjection(spec, call.variables, true);
      const query = queryOf(call, "filter");
      return cursorReply(yield* call.server.cursors.start(call.ns, answersOf(call, query, projection), batchSize(call.body.get("batchSize")), call.flag("singleBatch"), owner(call)), true);
    },
  },
  aggregate: {
    fields: ["pipeline", "cursor", "allowDiskUse", "hint", "let", "bypassDocumentValidation"],
    kind: "read",
    transactional: true,
    *run(call): Steps<Reply> {
      const pipeline = call.list("pipeline") ?? refuse(40414, "BSON field 'aggregate.pipeline' is missing but a required field");
      const cursor = call.body.get("cursor");
      if (!isDoc(cursor ?? null)) refuse(9, "The 'cursor' option is required");
      const ns = call.ns;
      const vars = call.variables;
      const quick = yield* counted(call, pipeline, vars);
      const flow = quick ?? new Source(call, call.db).aggregate(ns.slice(call.db.length + 1), pipeline, vars, call.hint());
      const answers = (function* (): Answers {
        for (const doc of flow) yield doc && new Raw(checkSize(encode(doc)));
      })();
      return cursorReply(yield* call.server.cursors.start(ns, answers, batchSize((cursor as Map<string, Value>).get("batchSize")), false, owner(call)), true);
    },
  },
  getMore: {
    fields: ["collection", "batchSize"],
    kind: "read",
    transactional: true,
    *run(call): Steps<Reply> {
      const id = call.body.get("getMore");
      const size = call.body.get("batchSize");
      return cursorReply(yield* call.server.cursors.more(BigInt(integer(typeof id === "bigint" ? 0 : id, "getMore")) + (typeof id === "bigint" ? id : 0n), call.namespace(call.body.get("collection")), size === undefined ? 0 : integer(size, "batchSize"), owner(call)), false);
    },
  },
  killCursors: {
    fields: ["cursors"],
    kind: "read",
    transactional: true,
    *run(call): Steps<Reply> {
      const ids = (call.list("cursors") ?? []).filter((id): id is bigint => typeof id === "bigint");
      const killed = ids.filter((id) => call.server.cursors.kill(id));
      return { cursorsKilled: killed, cursorsNotFound: ids.filter((id) => !killed.includes(id)), cursorsAlive: [], cursorsUnknown: [] };
    },
  },
  count: {
    fields: ["query", "limit", "skip", "hint"],
    kind: "read",
    *run(call): Steps<Reply> {
      const pipeline: Value[] = [new Map<string, Value>([["$match", call.doc("query")]])];
      if (call.count("skip") > 0) pipeline.push(new Map([["$skip", call.count("skip")]]));
      const limit = call.body.get("limit") === undefined ? 0 : Math.abs(integer(call.body.get("limit"), "limit"));
      if (limit > 0) pipeline.push(new Map([["$limit", limit]]));
      pipeline.push(new Map([["$count", "n"]]));
      const flow = yield* counted(call, pipeline, call.variables);
      for (const doc of flow ?? []) if (doc) return { n: doc.get("n")! };
      return { n: 0 };
    },
  },
  distinct: {
    fields: ["key", "query", "hint"],
    kind: "read",
    transactional: true,
    *run(call): Steps<Reply> {
      const key = call.body.get("key");
      if (typeof key !== "string") refuse(14, "BSON field 'distinct.key' must be a string");
      const path = key.split(".");
      const fields = new Fields([path[0]!]);
      const found = new Map<string, Writable>();
      for (const row of find(call, call.target, { ...queryOf(call, "query"), sort: [], skip: 0, limit: 0 })) {
        if (row === undefined || turnOver()) yield undefined;
        if (row === undefined) continue;
        const v = project(readDoc(row.raw, 0, fields), path);
        for (const item of Array.isArray(v) ? v.flatMap((x) => x) : v === undefined ? [] : [v]) found.set(identity(item), item);
      }
      return { values: [...found.values()] };
    },
  },
};
