"use client";
import { useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { channels } from "@/lib/channels.ts";
import type { NoticeKind } from "@/lib/notifications/schema.ts";
import type { NoticeView } from "@/lib/notifications/view.ts";
import { useDesk } from "../desk/desk-context.tsx";
import { keys } from "../desk/keys.ts";
import { useChannel } from "../use-channel.ts";
import { noticesIn } from "./queries.ts";

/** What must not wait until somebody looks at the bell. */
const pressing: ReadonlySet<NoticeKind> = new Set(["mention", "reminder", "breach"]);

function say(notice: NoticeView | undefined, open: (ticketId: string) => void) {
  if (!notice?.ticket || notice.read || !pressing.has(notice.kind) || document.visibilityState !== "visible") return;
  const { id, text, ticket } = notice;
  toast(text, { id, description: `#${ticket.number} ${ticket.subject}`, duration: 8000, action: { label: "Open", onClick: () => open(ticket.id) } });
}

/** Keeps the notices true while the desk is open, and says the pressing ones at once. */
export function useNoticesLive(open: (ticketId: string) => void): void {
  const client = useQueryClient();
  const { me } = useDesk();
  useChannel(channels.person(me.id), (event) => {
    if (event.name !== "notification.new" && event.name !== "subscribed") return;
    const fetched = client.invalidateQueries({ queryKey: keys.notices });
    const { id } = event.data;
    if (event.name === "notification.new") void fetched.then(() => say(noticesIn(client.getQueryData(keys.notices)).find((notice) => notice.id === id), open));
  });
}
