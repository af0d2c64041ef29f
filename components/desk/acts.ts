"use client";
import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { Level, Priority } from "@/lib/tickets/schema.ts";
import type { MessageView, StaffTicket } from "@/lib/tickets/view.ts";
import { api, ApiProblem, newKey } from "../api.ts";
import { attachmentsOf } from "../thread/attachments.tsx";
import { toInput, type Outgoing } from "../thread/composer.tsx";
import { mentionsIn } from "../thread/mentions.ts";
import type { Sending } from "../thread/message-item.tsx";
import { keys } from "./keys.ts";
import { mentionable } from "./mentionable.ts";
import { mergeMessages, showTicket, staffOptions, ticketOptions, timelineOptions } from "./queries.ts";

export type Changes = { priority?: Priority; category?: string; tags?: string[]; status?: "open" | "pending" | "on_hold" };
export type Act =
  | { kind: "assign"; assigneeId: string; name: string }
  | { kind: "release" }
  | { kind: "escalate"; level: Level; reason: string }
  | { kind: "resolve" }
  | { kind: "reopen" }
  | { kind: "close" }
  | { kind: "change"; changes: Changes };

function perform(ticket: StaffTicket, act: Act, key: string): Promise<StaffTicket> {
  const at = `/tickets/${ticket.id}`;
  // a value that replaces another's must have seen it; a verb means the same whatever else changed, so that "reply, resolve" in one breath is no conflict with oneself
  const match = { ifMatch: ticket.version };
  switch (act.kind) {
    case "assign": return api.put(`${at}/assignment`, { assigneeId: act.assigneeId }, match);
    case "release": return api.delete(`${at}/assignment`, match);
    case "escalate": return api.post(`${at}/escalation`, { level: act.level, reason: act.reason }, { idempotencyKey: key });
    case "resolve": return api.put(`${at}/resolution`, {});
    case "reopen": return api.delete(`${at}/resolution`);
    case "close": return api.put(`${at}/closure`, {});
    case "change": return api.patch(at, act.changes, match);
  }
}

const refresh = (client: QueryClient, id: string) => {
  for (const queryKey of [keys.ticket(id), keys.timeline(id), keys.inboxes, keys.counts]) void client.invalidateQueries({ queryKey });
};

/** Says what went wrong in words; for a conflict, who was faster and with what. */
async function explain(client: QueryClient, ticket: StaffTicket, error: unknown) {
  refresh(client, ticket.id);
  const problem = error instanceof ApiProblem ? error : null;
  if (problem?.status !== 409) return toast.error(problem?.title ?? "That did not work", { description: problem?.message });
  const entries = await client.fetchQuery({ ...timelineOptions(ticket.id), staleTime: 0 }).catch(() => []);
  const last = entries.reduce<(typeof entries)[number] | null>((newest, entry) => (!newest || entry.seq > newest.seq ? entry : newest), null);
  const faster = last && last.seq > ticket.seq ? `${last.actor.name}: ${last.text}` : problem.message;
  toast.error(`#${ticket.number} changed before your change arrived`, { description: `${faster} Nothing of yours was applied; look again and repeat it if it still fits.`, duration: 9000 });
}

/** Acts on a ticket. A change of a property shows at once; a refused one is taken back and explained. */
export function useAct() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ticket, act, key }: { ticket: StaffTicket; act: Act; key: string }) => perform(ticket, act, key),
    onMutate: ({ ticket, act }) => {
      if (act.kind !== "change") return;
      const { category, ...plain } = act.changes;
      showTicket(client, { ...ticket, ...plain, category: category ? { ...ticket.category, name: category, by: "person" } : ticket.category });
    },
    onSuccess: (ticket) => {
      showTicket(client, ticket);
      refresh(client, ticket.id);
    },
    onError: (error, { ticket }) => {
      showTicket(client, ticket);
      void explain(client, ticket, error);
    },
  });
}

/** One act of a person on a ticket, with the key that makes repeats harmless. */
export const asAct = (ticket: StaffTicket, act: Act) => ({ ticket, act, key: newKey() });

/** Whom a note names, of those who may be mentioned on its ticket. */
async function mentionIdsOf(client: QueryClient, ticketId: string, { visibility, body }: Outgoing): Promise<{ mentionIds?: string[] }> {
  if (visibility !== "private" || !body.includes("@")) return {};
  const [ticket, people] = await Promise.all([client.ensureQueryData(ticketOptions(ticketId)), client.ensureQueryData(staffOptions)]);
  const named = mentionsIn(body, mentionable(ticket, people)).slice(0, 20);
  return named.length > 0 ? { mentionIds: named.map(({ id }) => id) } : {};
}

/** Sends a message: shown at once as on its way. Rejects when it was not stored, after taking it off the thread. */
export function useSend(ticketId: string): (message: Outgoing) => Promise<void> {
  const client = useQueryClient();
  const post = useMutation({
    mutationFn: async (message: Outgoing) => api.post<MessageView>(`/tickets/${ticketId}/messages`, { ...toInput(message), ...(await mentionIdsOf(client, ticketId, message)) }, { idempotencyKey: message.key }),
  });
  const drop = (key: string) => client.setQueryData<Sending[]>(keys.sending(ticketId), (list = []) => list.filter((one) => one.key !== key));
  return async (message) => {
    client.setQueryData<Sending[]>(keys.sending(ticketId), (list = []) => [...list, { key: message.key, body: message.body, visibility: message.visibility, attachments: attachmentsOf(message.files), at: new Date().toISOString() }]);
    try {
      const stored = await post.mutateAsync(message);
      client.setQueryData<MessageView[]>(keys.messages(ticketId), (known = []) => mergeMessages(known, [stored]));
    } finally {
      drop(message.key);
      refresh(client, ticketId);
    }
  };
}
