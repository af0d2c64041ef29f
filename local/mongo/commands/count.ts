import { isNum } from "../bson/numbers.ts";
import { type Doc, isDoc, type Value } from "../bson/value.ts";
import { leading } from "../aggregate/source.ts";
import type { Variables } from "../expressions/scope.ts";
import { choose } from "../plan/choose.ts";
import { countAll } from "../plan/stream.ts";
import { find, type Query } from "../query/find.ts";
import type { Steps } from "../store/engine.ts";
import type { Call } from "./call.ts";

/** The name under which a last stage asks for nothing but the number of documents, and the `_id` it wants with it. */
function wanted(stage: Doc): { name: string; id?: Value } | null {
  const name = stage.get("$count");
  if (typeof name === "string") return { name };
  const group = stage.get("$group");
  if (!isDoc(group ?? null) || (group as Doc).size !== 2) return null;
  const [id, total] = [...(group as Doc)];
  const constant = id![0] === "_id" && (id![1] === null || isNum(id![1]));
  const sum = isDoc(total![1]) && total![1].size === 1 ? total![1].get("$sum") : undefined;
  return constant && sum === 1 ? { name: total![0], id: id![1] } : null;
}

/** A pipeline that only counts (countDocuments sends one) is answered without decoding more than the filter needs. */
export function* counted(call: Call, pipeline: Value[], vars: Variables): Steps<Doc[] | null> {
  const last = pipeline.at(-1);
  const goal = isDoc(last ?? null) ? wanted(last as Doc) : null;
  if (!goal) return null;
  const { query, rest } = leading(pipeline.slice(0, -1), vars, call.hint());
  if (rest.length > 0) return null;
  const n = (yield* fromIndex(call, query)) ?? (yield* walk(call, query));
  if (n === 0) return [];
  return [new Map<string, Value>([...(goal.id === undefined ? [] : [["_id", goal.id] as [string, Value]]), [goal.name, n]])];
}

function* walk(call: Call, query: Query): Steps<number> {
  let n = 0;
  for (const row of find(call, call.target, query)) {
    if (row === undefined) yield undefined;
    else n++;
  }
  return n;
}

/** From the entries of an index alone, where they say it all; null: the documents must be looked at. */
function* fromIndex(call: Call, query: Query): Steps<number | null> {
  const collection = call.target;
  if (!collection) return 0;
  const everything = query.filter.root.kind === "$and" && query.filter.root.of.length === 0;
  const plan = everything ? null : choose(collection, { ...query, sort: [] }, call.connection());
  if (plan && (plan.kind !== "index" || !plan.exact || plan.index.multikey.some(Boolean))) return null;
  const most = query.limit > 0 ? query.skip + query.limit : -1;
  let n = 0;
  if (!plan) n = Number(call.connection().row(`SELECT count(*) FROM c${collection.id}`)![0]);
  else for (const range of plan.ranges) n += yield* countAll(call, collection, plan.index, range, most < 0 ? Infinity : most);
  return Math.max(0, (most < 0 ? n : Math.min(n, most)) - query.skip);
}
