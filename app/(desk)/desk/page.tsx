import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Desk } from "@/components/desk/desk.tsx";
import { firstView } from "./first-view.ts";

export const metadata: Metadata = { title: "Inbox" };

export default async function DeskPage({ searchParams }: PageProps<"/desk">) {
  return <HydrationBoundary state={await firstView(searchParams, null)}><Desk /></HydrationBoundary>;
}
