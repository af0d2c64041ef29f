import type { Metadata } from "next";
import { deskSettings } from "@/lib/auth/service.ts";

/** Titles that end in the desk's name: customers know the desk, not the product behind it. */
export async function deskTitles(): Promise<Metadata> {
  const { name } = await deskSettings();
  return { title: { absolute: `${name} help`, template: `%s · ${name}` }, description: `Ask ${name}. A person answers, and you watch the answer arrive.` };
}
