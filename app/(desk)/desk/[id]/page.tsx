import { HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { Desk } from "@/components/desk/desk.tsx";
import { firstView } from "../first-view.ts";

export const metadata: Metadata = { title: "Ticket" };

export default async function TicketPage({ params, searchParams }: PageProps<"/desk/[id]">) {
  const { id } = await params;
  return <HydrationBoundary state={await firstView(searchParams, id)}><Desk /></HydrationBoundary>;
}
