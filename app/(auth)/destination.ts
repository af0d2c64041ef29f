import type { Route } from "next";
import { headers } from "next/headers";
import { isStaff, type Actor } from "@/lib/auth/service.ts";

/** A page's query, as Next hands it over. */
export type Query = Promise<Record<string, string | string[] | undefined>>;

export const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? "";

/** A path of this desk from a query, or null: an address of another site is never followed. */
export function ownPath(value: string | string[] | undefined): Route | null {
  const path = first(value);
  return /^\/(?![/\\])[^\\\s]*$/.test(path) ? (path as Route) : null;
}

/**
 * Whether the page is drawn in answer to a posted form. Then it must not redirect: a 307 makes the browser post
 * the form again to the other page.
 */
export const answersForm = async (): Promise<boolean> => (await headers()).has("content-type");

/** Where somebody goes who has just come in. */
export const homeOf = (actor: Actor): Route => (isStaff(actor) ? "/desk" : "/my");
