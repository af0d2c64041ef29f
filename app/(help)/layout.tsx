import type { ReactNode } from "react";
import { Site } from "@/components/help/site.tsx";
import { deskSettings } from "@/lib/auth/service.ts";
import { currentReading } from "./reader.ts";
import { deskTitles } from "./titles.ts";

export const generateMetadata = deskTitles;

export default async function HelpLayout({ children }: { children: ReactNode }) {
  const [{ name }, { reader }] = await Promise.all([deskSettings(), currentReading()]);
  return <Site deskName={name} reader={reader}>{children}</Site>;
}
