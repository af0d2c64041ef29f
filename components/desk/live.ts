"use client";
import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { channels } from "@/lib/channels.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { pollMs, useChannel, useConnection, type LiveEvent } from "../use-channel.ts";
import { announce } from "./alerts.ts";
import { useDesk } from "./desk-context.tsx";
import { keys } from "./keys.ts";
import { ticketOptions } from "./queries.ts";

/** Lists and counts are fetched at most this often, however busy the desk is, in ms. */
const listGapMs = 1000;
const newest = new Map<string, number>();
let timer: ReturnType<typeof setTimeout> | null = null;
let refreshedAt = 0;

function refreshLists(client: QueryClient) {
  if (timer !== null) return;
  timer = setTimeout(() => {
    timer = null;
    refreshedAt = Date.now();
    void client.invalidateQueries({ queryKey: keys.inboxes });
    void client.invalidateQueries({ queryKey: keys.counts });
  }, Math.max(0, refreshedAt + listGapMs - Date.now()));
}

/** Fetches what a change concerns. One change comes over several channels; it is fetched once. */
function catchUp(client: QueryClient, event: LiveEvent) {
  const { id, seq, timed } = event.data;
  if (id === undefined || seq === undefined) return;
  if (timed !== undefined) return catchUpClocks(client, id, timed);
  if ((newest.get(id) ?? -1) >= seq) return;
  newest.set(id, seq);
  const shown = client.getQueryData<StaffTicket>(keys.ticket(id));
  if (!shown || shown.seq < seq) void client.invalidateQueries({ queryKey: keys.ticket(id) });
  void client.invalidateQueries({ queryKey: keys.messages(id) });
  void client.invalidateQueries({ queryKey: keys.timeline(id) });
  void client.invalidateQueries({ queryKey: keys.letters(id) });
  refreshLists(client);
}

const newestTimed = new Map<string, number>();

/** The clocks of a ticket were computed anew, which is no row of its own. */
function catchUpClocks(client: QueryClient, id: string, timed: number) {
  if ((newestTimed.get(id) ?? 0) >= timed) return;
  newestTimed.set(id, timed);
  for (const queryKey of [keys.ticket(id), keys.clocks(id)]) void client.invalidateQueries({ queryKey });
  refreshLists(client);
}

/** Everything that is on screen is asked for again: after a gap nobody knows what was missed. */
function catchUpAll(client: QueryClient) {
  for (const queryKey of [keys.inboxes, keys.counts, ["ticket"], ["messages"], ["timeline"], ["letters"], ["clocks"]]) void client.invalidateQueries({ queryKey });
}

/** Keeps lists, counts and alerts true while the desk is open. */
export function useDeskLive(): void {
  const client = useQueryClient();
  const { me } = useDesk();
  const seesAll = me.roles.includes("manager") || me.roles.includes("admin");
  useChannel(channels.person(me.id), (event) => {
    if (event.name === "subscribed") return catchUpAll(client);
    catchUp(client, event);
    const id = event.data.id;
    if (id && (event.name === "ticket.new" || event.name === "message.new")) void client.fetchQuery(ticketOptions(id)).then(announce, () => undefined); // a ticket that went away needs no alert
  });
  useChannel(seesAll ? channels.desk : null, (event) => catchUp(client, event));
}

/** Keeps unclaimed tickets of one queue true. */
export function useQueueLive(queueId: string): void {
  const client = useQueryClient();
  useChannel(channels.queue(queueId), (event) => catchUp(client, event));
}

/** Keeps one open ticket true. */
export function useTicketLive(id: string): void {
  const client = useQueryClient();
  useChannel(channels.ticketStaff(id), (event) => {
    if (event.name !== "subscribed") return catchUp(client, event);
    for (const queryKey of [keys.ticket(id), keys.messages(id), keys.timeline(id), keys.clocks(id)]) void client.invalidateQueries({ queryKey });
  });
}

/** How often live data must be asked for: never while the socket is up. */
export const usePolling = (): number | false => (useConnection() === "down" ? pollMs : false);
