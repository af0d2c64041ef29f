import { equal } from "../bson/compare.ts";
import { isNum } from "../bson/numbers.ts";
import { Double, type Value } from "../bson/value.ts";
import type { Condition, FieldCondition } from "../query/filter.ts";

const PRESENT = new Set(["$eq", "$gt", "$gte", "$lt", "$lte", "$in", "$type", "$regex", "$exists", "$size", "$all", "$elemMatch", "$mod"]);

/** Numbers that are equal may be of another kind, so a test of a type must accept all kinds. */
const accepts = (p: FieldCondition, v: Value): boolean => (p.op === "$type" && isNum(v) ? [1, 1n, new Double(1)].every(p.single) : p.single(v));

/** Does any value that satisfies `g` satisfy `p`? */
function entails(g: FieldCondition, p: FieldCondition): boolean {
  if (g.negated || g.parts) return false;
  const values = g.op === "$eq" ? [g.arg] : g.op === "$in" ? (g.arg as Value[]) : null;
  if (p.op === "$exists") return PRESENT.has(g.op) && g.arg !== null && !(values?.includes(null) ?? false);
  if (values) return values.every((v) => !Array.isArray(v) && accepts(p, v));
  if (!/^\$[gl]te?$/.test(g.op)) return g.op === p.op && equal(g.arg, p.arg);
  if (p.op === "$type") return !isNum(g.arg) && g.arg !== null ? p.single(g.arg) : accepts(p, g.arg);
  if (p.op.slice(0, 3) !== g.op.slice(0, 3)) return false;
  return p.single(g.arg) || (equal(g.arg, p.arg) && g.op.length === 3);
}

/** Do the conditions of a query, which all hold, make `p` (of a partial index) hold? When in doubt, no. */
export function implied(p: Condition, given: Condition[]): boolean {
  if (p.kind === "$and") return p.of.every((part) => implied(part, given));
  if (p.kind === "$or" && p.of.some((part) => implied(part, given))) return true;
  return given.some((g) => {
    if (g.kind === "$and") return implied(p, g.of);
    if (g.kind === "$or") return g.of.every((branch) => implied(p, [branch]));
    return g.kind === "field" && p.kind === "field" && g.name === p.name && entails(g, p);
  });
}
