import { AppError } from "./errors.ts";

/** A filter in which no value is undefined: the driver would turn it into null and match documents without the field. */
export function refuseUndefined<T extends object>(filter: T): T {
  for (const [key, value] of Object.entries(filter)) {
    if (value === undefined) throw new AppError("invalid", `A filter on ${key} has no value.`);
    if (Array.isArray(value)) value.forEach((entry) => refuseUndefined({ [key]: entry }));
    else if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) refuseUndefined(value);
  }
  return filter;
}
