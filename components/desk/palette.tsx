"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { ArrowRight, Bell, Flag, FolderInput, MoonStar, Radio, Tag, Volume2 } from "lucide-react";
import { useTheme } from "next-themes";
import { useState, type ReactNode } from "react";
import { Priority } from "@/lib/tickets/schema.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { api, queryOf } from "../api.ts";
import { useAvailability, useSetAvailability } from "../shell/availability.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { priorityWords } from "../ui/priority-mark.tsx";
import { StatusMark, statusWords } from "../ui/status-badge.tsx";
import { asAct, useAct, type Changes } from "./acts.ts";
import type { CommandId } from "./command-context.tsx";
import { CommandField, commandItem } from "./command-field.tsx";
import { cap, commands, noticesKey, offered } from "./commands.ts";
import { useDesk } from "./desk-context.tsx";
import { allowNotifications } from "./desk-frame.tsx";
import { usePlace } from "./place.ts";
import { prefer, usePreferences } from "./preferences.ts";
import { queuesOptions, type TicketPage } from "./queries.ts";
import { views } from "./views.ts";

type PaletteProps = { ticket: StaffTicket | null; rows: number; run: (id: CommandId) => void; onClose: () => void };

const Group = ({ title, children }: { title: string; children: ReactNode }) => (
  <Command.Group heading={title} className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-ink-3">{children}</Command.Group>
);

/** Everything one can do here, and any ticket one can see, by typing a few letters. */
export function Palette({ ticket, rows, run, onClose }: PaletteProps) {
  const [text, setText] = useState("");
  const place = usePlace();
  const desk = useDesk();
  const q = text.trim();
  const { data: found } = useQuery({ queryKey: ["tickets-found", q], enabled: q.length > 1, staleTime: 10_000, placeholderData: (before) => before, queryFn: async () => (await api.get<TicketPage>(`/tickets${queryOf({ q, limit: 6 })}`)).items });
  const then = (what: () => void) => () => { onClose(); what(); };
  const now = { may: ticket?.may ?? null, open: place.ticketId !== null, rows };
  const shown = commands.filter((command) => command.group !== "Move" && offered(command, now));
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Commands" hideTitle className="sm:top-[12dvh] sm:max-w-xl">
      <Command label="Commands" loop>
        <CommandField value={text} onValueChange={setText} placeholder={ticket ? `Do something with #${ticket.number}, or find a ticket` : "Do something, or find a ticket"} />
        <Command.List className="max-h-[min(24rem,60dvh)] overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-8 text-center text-sm text-ink-2">Nothing matches. Try a number, a name or a word of a ticket.</Command.Empty>
          {ticket && <Group title={`#${ticket.number} ${ticket.subject.slice(0, 60)}`}>
            {shown.filter((command) => command.group === "Ticket").map((command) => <Item key={command.id} label={command.label} keys={command.key && cap(command.key)} onSelect={then(() => run(command.id))} />)}
            {ticket.may.edit && <Changing ticket={ticket} then={then} />}
          </Group>}
          {found && found.length > 0 && q.length > 1 && <Group title="Tickets">
            {found.map((one) => (
              <Command.Item key={one.id} value={`${one.id} ${q}`} onSelect={then(() => place.open(one.id))} className={commandItem}>
                <StatusMark status={one.status} /><span className="min-w-0 flex-1 truncate">{one.subject}</span><span className="shrink-0 text-xs text-ink-3">{one.requester.name}</span><span className="shrink-0 font-mono text-xs text-ink-3">#{one.number}</span>
              </Command.Item>
            ))}
          </Group>}
          <Group title="Go to">
            {desk.views.map((name) => <Item key={name} icon={<ArrowRight aria-hidden />} label={views[name].label} keys={`G ${cap(views[name].key)}`} onSelect={then(() => place.show(name))} />)}
          </Group>
          <Group title="Desk">
            {shown.filter((command) => command.group === "Desk").map((command) => <Item key={command.id} label={command.label} keys={command.id === "notices" ? `G ${cap(noticesKey)}` : cap(command.key)} onSelect={then(() => run(command.id))} />)}
            <Settings then={then} />
          </Group>
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Item({ label, icon, keys, onSelect }: { label: string; icon?: ReactNode; keys?: string | undefined; onSelect: () => void }) {
  return <Command.Item value={label} onSelect={onSelect} className={commandItem}>{icon}<span className="flex-1">{label}</span>{keys && <Kbd keys={keys} />}</Command.Item>;
}

type Then = { then: (what: () => void) => () => void };

function Changing({ ticket, then }: { ticket: StaffTicket } & Then) {
  const act = useAct();
  const change = (changes: Changes) => then(() => act.mutate(asAct(ticket, { kind: "change", changes })));
  const { data: queues = [] } = useQuery(queuesOptions);
  const categories = [...new Set(queues.map((queue) => queue.category))].filter((category) => category !== ticket.category.name);
  const statuses = (["open", "pending", "on_hold"] as const).filter((status) => status !== ticket.status && ticket.status !== "resolved" && ticket.status !== "closed");
  return (
    <>
      {statuses.map((status) => <Item key={status} icon={<Tag aria-hidden />} label={`Set status: ${statusWords[status].staff}`} onSelect={change({ status })} />)}
      {Priority.options.filter((priority) => priority !== ticket.priority).map((priority) => <Item key={priority} icon={<Flag aria-hidden />} label={`Set priority: ${priorityWords[priority]}`} onSelect={change({ priority })} />)}
      {categories.map((category) => <Item key={category} icon={<FolderInput aria-hidden />} label={`Set category: ${category}`} onSelect={change({ category })} />)}
    </>
  );
}

function Settings({ then }: Then) {
  const { setTheme, resolvedTheme } = useTheme();
  const { sound, notifications } = usePreferences();
  const { me } = useDesk();
  const away = useAvailability(me) === "away";
  const setAvailability = useSetAvailability();
  return (
    <>
      <Item icon={<Radio aria-hidden />} label={away ? "Go online: take tickets again" : "Go away: no new tickets for you"} onSelect={then(() => setAvailability(away ? "online" : "away"))} />
      <Item icon={<MoonStar aria-hidden />} label={resolvedTheme === "dark" ? "Use light colours" : "Use dark colours"} onSelect={then(() => setTheme(resolvedTheme === "dark" ? "light" : "dark"))} />
      <Item icon={<Volume2 aria-hidden />} label={sound ? "Switch sound off" : "Switch sound on"} onSelect={then(() => prefer({ sound: !sound }))} />
      <Item icon={<Bell aria-hidden />} label={notifications ? "Switch notifications off" : "Switch notifications on"} onSelect={then(() => { if (notifications) prefer({ notifications: false }); else void allowNotifications(); })} />
    </>
  );
}
