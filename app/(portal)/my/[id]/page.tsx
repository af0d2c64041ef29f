import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { Site } from "@/components/help/site.tsx";
import { RequestRoom } from "@/components/portal/request-room.tsx";
import { currentActor, deskSettings, isStaff } from "@/lib/auth/service.ts";
import { AppError } from "@/lib/errors.ts";
import { Id } from "@/lib/ids.ts";
import { realtimeConfig } from "@/lib/realtime.ts";
import { messagesFor, ticketFor } from "@/lib/tickets/service.ts";
import { currentReading } from "../../../(help)/reader.ts";

type Props = { params: Promise<{ id: string }> };

const requestOf = cache(async (id: string) => {
  const actor = await currentActor();
  const signedIn = actor.kind === "person";
  if (isStaff(actor)) redirect(`/desk/${id}`);
  if (!Id.safeParse(id).success) notFound();
  try {
    const ticket = await ticketFor(actor, { id });
    if (ticket.audience !== "customer") notFound();
    return { signedIn, ticket, messages: (await messagesFor(actor, { id })).items };
  } catch (error) {
    // edge: a request that is not this reader's does not exist; somebody without a session may have to sign in first
    if (!(error instanceof AppError) || (error.kind !== "missing" && error.kind !== "unauthenticated")) throw error;
    if (signedIn) notFound();
    redirect(`/sign-in?to=/my/${id}`);
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { ticket } = await requestOf((await params).id);
  return { title: { absolute: `${ticket.subject} (#${ticket.number})` } };
}

export default async function RequestPage({ params }: Props) {
  const { signedIn, ticket, messages } = await requestOf((await params).id);
  const [{ name }, { reader }] = await Promise.all([deskSettings(), currentReading()]);
  return (
    <Site deskName={name} reader={reader} room>
      <RequestRoom key={ticket.id} first={{ ticket, messages }} realtime={realtimeConfig()} signedIn={signedIn} />
    </Site>
  );
}
