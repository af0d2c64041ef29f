import { compare } from "../bson/compare.ts";
import { type Doc, isDoc, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { named } from "../expressions/arguments.ts";

const doc = (...fields: [string, Value][]): Doc => new Map(fields);
const one = (name: string, v: Value): Doc => doc([name, v]);
const counting = one("$sum", 1);

/** The lower boundary of the interval `[boundary, next)` that holds the value. */
function bucketOf(by: Value, boundaries: Value[], otherwise: Value | undefined): Doc {
  const branches = boundaries.slice(0, -1).map((low, i) => {
    const inside = [one("$gte", [by, one("$literal", low)]), one("$lt", [by, one("$literal", boundaries[i + 1]!)])];
    return doc(["case", one("$and", inside)], ["then", one("$literal", low)]);
  });
  return one("$switch", otherwise === undefined ? one("branches", branches) : doc(["branches", branches], ["default", one("$literal", otherwise)]));
}

/** Stages that are short for others. */
export const SUGAR: Record<string, (arg: Value) => Value[]> = {
  $count(name) {
    if (typeof name !== "string" || name === "" || name.startsWith("$") || name.includes(".")) refuse(40156, "the count field must be a non-empty string without '$' and '.'");
    return [one("$group", doc(["_id", null], [name, counting])), one("$project", one("_id", 0))];
  },
  $sortByCount: (by) => [one("$group", doc(["_id", by], ["count", counting])), one("$sort", one("count", -1))],
  $bucket(arg) {
    const { groupBy, boundaries, default: otherwise, output } = named(arg, "$bucket", ["groupBy", "boundaries"], ["default", "output"]);
    if (!Array.isArray(boundaries) || boundaries.length < 2 || boundaries.some((b, i) => i > 0 && compare(boundaries[i - 1], b) >= 0)) refuse(40194, "The 'boundaries' option to $bucket must be at least two values in ascending order");
    const outputs = isDoc(output ?? null) ? (output as Doc) : one("count", counting);
    return [one("$group", doc(["_id", bucketOf(groupBy, boundaries, otherwise)], ...outputs)), one("$sort", one("_id", 1))];
  },
};
