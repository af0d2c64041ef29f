"use client";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { channels } from "@/lib/channels.ts";
import type { CustomerTicket, MessageView } from "@/lib/tickets/view.ts";
import { api, queryOf } from "../api.ts";
import { attachmentsOf } from "../thread/attachments.tsx";
import { toInput, type Outgoing } from "../thread/composer.tsx";
import type { Sending } from "../thread/message-item.tsx";
import { useFreshLinks } from "../thread/use-fresh-links.ts";
import { pollMs, useChannel, useConnection } from "../use-channel.ts";

/** The answer to a message; `followUp` names the new request when the old one was closed. */
export type Written = MessageView & { followUp: { id: string; number: number } | null };

const requestKey = (id: string) => ["my-request", id] as const;
const wordsKey = (id: string) => ["my-request", id, "messages"] as const;

function merged(known: readonly MessageView[], more: readonly MessageView[]): MessageView[] {
  const byId = new Map([...known, ...more].map((message) => [message.id, message]));
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** Asks for what came after the newest known message. */
const wordsOptions = (id: string) =>
  queryOptions({
    queryKey: wordsKey(id),
    queryFn: async ({ client }) => {
      const known = client.getQueryData<MessageView[]>(wordsKey(id)) ?? [];
      const { items } = await api.get<{ items: MessageView[] }>(`/tickets/${id}/messages${queryOf({ after: known.at(-1)?.seq })}`);
      return merged(known, items);
    },
  });

/** One request and its conversation, kept true while it is open, and what its writer may do with it. */
export function useRequest(first: { ticket: CustomerTicket; messages: MessageView[] }) {
  const id = first.ticket.id;
  const client = useQueryClient();
  const [sending, setSending] = useState<Sending[]>([]);
  const down = useConnection() === "down";
  const refetchInterval = down ? pollMs : false;
  const { data: ticket, error } = useQuery({ queryKey: requestKey(id), queryFn: () => api.get<CustomerTicket>(`/tickets/${id}`), initialData: first.ticket, refetchInterval });
  const { data: messages } = useQuery({ ...wordsOptions(id), initialData: first.messages, refetchInterval });
  const catchUp = () => client.invalidateQueries({ queryKey: requestKey(id) });
  useChannel(channels.ticket(id), () => void catchUp());

  const seen = ticket.publicSeq;
  useEffect(() => {
    const read = () => {
      // how far one has read is a courtesy, and said again with the next message: a lost one is no trouble
      if (document.visibilityState === "visible") void api.put(`/tickets/${id}/read`, { seq: seen }).catch(() => undefined);
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [id, seen]);

  useFreshLinks(messages, (after) => {
    // without fresh links the old ones say in words what to do; the next look asks again
    void api.get<{ items: MessageView[] }>(`/tickets/${id}/messages${queryOf({ after })}`).then(({ items }) => client.setQueryData<MessageView[]>(wordsKey(id), (now) => merged(now ?? [], items)), () => undefined);
  });

  async function send(outgoing: Outgoing): Promise<Written> {
    const { body, key, files } = outgoing;
    setSending((now) => [...now, { key, body, visibility: "public", attachments: attachmentsOf(files), at: new Date().toISOString() }]);
    try {
      const message = await api.post<Written>(`/tickets/${id}/messages`, toInput(outgoing), { idempotencyKey: key });
      if (message.followUp === null) client.setQueryData<MessageView[]>(wordsKey(id), (now) => merged(now ?? [], [message]));
      void catchUp();
      return message;
    } finally {
      setSending((now) => now.filter((one) => one.key !== key));
    }
  }

  const change = async (made: Promise<CustomerTicket>) => {
    client.setQueryData(requestKey(id), await made);
    await catchUp();
  };
  return {
    ticket,
    messages,
    sending,
    down,
    gone: error !== null && "status" in error && error.status === 404,
    send,
    solve: () => change(api.put(`/tickets/${id}/resolution`, {})),
    rate: (given: { score: number; comment?: string }) => change(api.put(`/tickets/${id}/rating`, given)),
    reopen: () => change(api.delete(`/tickets/${id}/resolution`)),
  };
}
