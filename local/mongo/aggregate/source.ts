import { Fields, readDoc } from "../bson/read.ts";
import { type Doc, isDoc, type Maybe, type Value } from "../bson/value.ts";
import { integer } from "../bson/numbers.ts";
import { refuse } from "../errors.ts";
import type { Variables } from "../expressions/scope.ts";
import { compileFilter } from "../query/filter.ts";
import { find, type Query, type Reader } from "../query/find.ts";
import { parseSort } from "../query/sort.ts";
import type { Collection } from "../store/catalog.ts";
import { compileStages, fieldsOf, type Flow, nameOf, type Stage, through } from "./pipeline.ts";

/** Runs pipelines over the collections of one database, as one command sees them. */
export class Source {
  readonly #reader: Reader & { collection(ns: string): Collection | undefined };
  readonly #db: string;
  constructor(reader: Reader & { collection(ns: string): Collection | undefined }, db: string) {
    this.#reader = reader;
    this.#db = db;
  }

  /** The leading `$match`, `$sort`, `$skip` and `$limit` become a query (an index may serve it), the rest streams. */
  aggregate(collection: string, pipeline: Value[], vars: Variables, hint: string | Doc | null): Flow {
    const { query, rest } = leading(pipeline, vars, hint);
    const stages = compileStages(rest, { vars, source: (name, inner, innerVars) => this.aggregate(name, inner, innerVars, null) });
    const found = this.#reader.collection(`${this.#db}.${collection}`);
    return through(stages, this.#documents(found, query, stages));
  }

  *#documents(collection: Collection | undefined, query: Query, stages: Stage[]): Flow {
    const needed = fieldsOf(stages);
    const decode = needed ? new Fields(needed) : undefined;
    for (const row of find(this.#reader, collection, query)) yield row && readDoc(row.raw, 0, decode);
  }
}

/** Splits what a query can do off the front of a pipeline. */
export function leading(pipeline: Value[], vars: Variables, hint: string | Doc | null): { query: Query; rest: Value[] } {
  const filters: Doc[] = [];
  let sort: Maybe;
  let [skip, limit, i] = [0, 0, 0];
  for (; i < pipeline.length; i++) {
    const [name, arg] = nameOf(pipeline[i]!);
    if (name === "$match" && sort === undefined && skip === 0 && limit === 0) filters.push(isDoc(arg) ? arg : refuse(15959, "the match filter must be an expression in an object"));
    else if (name === "$sort" && sort === undefined && skip === 0 && limit === 0) sort = arg;
    else if (name === "$skip" && skip === 0 && limit === 0) skip = count(arg, "$skip", 0);
    else if (name === "$limit" && limit === 0) limit = count(arg, "$limit", 1);
    else break;
  }
  const filter = compileFilter(filters.length === 1 ? filters[0]! : new Map<string, Value>(filters.length === 0 ? [] : [["$and", filters]]), vars);
  return { query: { filter, sort: parseSort(sort), skip, limit, hint }, rest: pipeline.slice(i) };
}

/** The argument of `$skip` or `$limit`. */
export function count(arg: Value, stage: string, least: number): number {
  const n = integer(arg, stage);
  return n < least ? refuse(15958, `the limit must be positive (${stage}: ${n})`) : n;
}
