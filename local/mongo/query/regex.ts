import { Regex, type Value } from "../bson/value.ts";
import { refuse } from "../errors.ts";

/** A JavaScript RegExp of the same meaning. Flags i, m, s; anything that JavaScript can't express is refused. */
export function toRegExp({ source, flags }: Regex): RegExp {
  const bad = /[^imsu]/.exec(flags);
  if (bad) refuse(51108, `invalid flag in regex options: ${bad[0]}`);
  const own = [...new Set(flags)].filter((flag) => flag !== "u").join("");
  for (const mode of ["u", ""]) {
    try {
      return new RegExp(source, own + mode);
    } catch {
      // Old patterns with needless escapes are only valid without the u flag: the second round tries that.
    }
  }
  return refuse(51091, `Regular expression is invalid: ${source}`);
}

/** `$regex` with its `$options`, in one. */
export function regexOf(pattern: Value, options: Value | undefined): Regex {
  if (options !== undefined && typeof options !== "string") refuse(2, "$options has to be a string");
  if (typeof pattern === "string") return new Regex(pattern, options ?? "");
  if (!(pattern instanceof Regex)) refuse(2, "$regex has to be a string");
  if (options !== undefined && pattern.flags !== "") refuse(51074, "options set in both $regex and $options");
  return options === undefined ? pattern : new Regex(pattern.source, options);
}
