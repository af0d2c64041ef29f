import type { ReactNode } from "react";
import { deskTitles } from "../(help)/titles.ts";

export const generateMetadata = deskTitles;

export default function Layout({ children }: { children: ReactNode }) {
  return children;
}
