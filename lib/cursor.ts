import type { z } from "zod";
import { invalid } from "./errors.ts";

/** An opaque cursor: where a page ended, for the client to hand back unread. */
export const encodeCursor = (place: Record<string, unknown>): string => Buffer.from(JSON.stringify(place)).toString("base64url");

/** Reads a cursor back; its content is input like any other. Throws a 400 that names the field. */
export function decodeCursor<T extends z.ZodType>(shape: T, cursor: string): z.infer<T> {
  const read = shape.safeParse(parsed(cursor));
  if (!read.success) throw invalid("cursor", "is not one that this list gave out");
  return read.data;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    // No JSON is no cursor: the shape refuses null.
    return null;
  }
}
