import { isDoc, type Doc } from "../bson/value.ts";
import { refuse } from "../errors.ts";
import { pick } from "../store/path.ts";
import { alter } from "../update/place.ts";
import type { CompileStage } from "./stages.ts";

/** Sets a value at a path without touching the original: documents on the way are copied. */
function withValue(doc: Doc, path: string[], v: Parameters<typeof alter>[3]): Doc {
  const copy = new Map(doc);
  let at = copy;
  for (const part of path.slice(0, -1)) {
    const inner = at.get(part);
    const next = isDoc(inner) ? new Map(inner) : new Map();
    at.set(part, next);
    at = next;
  }
  alter(copy, path, true, v);
  return copy;
}

/** `$unwind`: one document for every element. */
export const unwind: CompileStage = (arg) => {
  const spec = isDoc(arg) ? arg : new Map([["path", arg]]);
  for (const name of spec.keys()) if (!["path", "includeArrayIndex", "preserveNullAndEmptyArrays"].includes(name)) refuse(28811, `unrecognized option to $unwind stage: ${name}`);
  const path = spec.get("path");
  if (typeof path !== "string" || !path.startsWith("$")) refuse(28818, "path option to $unwind stage should be prefixed with a '$'");
  const at = path.slice(1).split(".");
  const index = spec.get("includeArrayIndex");
  const numbered = typeof index === "string" ? (doc: Doc, i: bigint | null) => withValue(doc, index.split("."), () => i) : (doc: Doc) => doc;
  const keep = spec.get("preserveNullAndEmptyArrays") === true;
  return {
    *run(input) {
      for (const doc of input) {
        const v = doc && pick(doc, at);
        if (doc === undefined) yield undefined;
        else if (Array.isArray(v) && v.length > 0) for (const [i, item] of v.entries()) yield numbered(withValue(doc, at, () => item), BigInt(i));
        else if (v !== undefined && v !== null && !Array.isArray(v)) yield numbered(doc, null);
        else if (keep) yield numbered(Array.isArray(v) ? withValue(doc, at, () => undefined) : doc, null);
      }
    },
    fields: [at[0]!],
    resets: false,
  };
};
