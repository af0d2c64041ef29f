import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Site } from "@/components/help/site.tsx";
import { deskSettings } from "@/lib/auth/service.ts";
import { currentReading } from "./reader.ts";

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await deskSettings();
  return { title: { default: `${name} help`, template: `%s · ${name}` }, description: `Ask ${name}. A person answers, and you watch the answer arrive.` };
}

export default async function HelpLayout({ children }: { children: ReactNode }) {
  const [{ name }, { reader }] = await Promise.all([deskSettings(), currentReading()]);
  return <Site deskName={name} reader={reader}>{children}</Site>;
}
