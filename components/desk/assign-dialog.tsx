"use client";
import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { Check, UserRoundMinus } from "lucide-react";
import type { PersonView } from "@/lib/auth/view.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { asAct, useAct } from "./acts.ts";
import { CommandField, commandItem } from "./command-field.tsx";
import { useDesk } from "./desk-context.tsx";
import { staffOptions } from "./queries.ts";

const rank = { online: 0, away: 1, offline: 2 } as const;

/** Who can own a ticket, the likeliest first: members of its queue, then who is there. */
export function ownersFor(ticket: StaffTicket, people: readonly PersonView[]): PersonView[] {
  const fits = (person: PersonView) => (ticket.queue && person.queueIds.includes(ticket.queue.id) ? 0 : 1);
  return people
    .filter((person) => person.active && !person.invited && person.roles.some((role) => role === "agent" || role === "manager"))
    .toSorted((a, b) => fits(a) - fits(b) || rank[a.availability] - rank[b.availability] || a.name.localeCompare(b.name));
}

/** Chooses the owner of a ticket, with the keyboard alone if one likes. */
export function AssignDialog({ ticket, onClose }: { ticket: StaffTicket; onClose: () => void }) {
  const { me } = useDesk();
  const act = useAct();
  const { data: people, isError } = useQuery(staffOptions);
  const owners = people ? ownersFor(ticket, people) : [];
  const assign = (person: { id: string; name: string }) => {
    onClose();
    if (person.id !== ticket.assignee?.id) act.mutate(asAct(ticket, { kind: "assign", assigneeId: person.id, name: person.name }));
  };
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title={`Assign #${ticket.number}`} hideTitle className="sm:top-[16dvh]">
      <Command key={people ? "people" : "loading"} label="Choose an owner" loop>
        <CommandField placeholder={`Assign #${ticket.number} to…`} />
        <Command.List className="max-h-80 overflow-y-auto p-1.5">
          <Command.Empty className="px-3 py-6 text-center text-sm text-ink-2">{isError ? "The list of people could not be loaded." : people ? "Nobody with that name can own a ticket." : "Loading people…"}</Command.Empty>
          {owners.map((person) => (
            <Command.Item key={person.id} value={`${person.name} ${person.email}`} onSelect={() => assign(person)} className={commandItem}>
              <Avatar name={person.name} side="staff" size="sm" presence={person.availability} />
              <span className="min-w-0 flex-1 truncate">{person.name}{person.id === me.id && <span className="text-ink-3"> (you)</span>}</span>
              {ticket.queue && person.queueIds.includes(ticket.queue.id) && <span className="text-xs text-ink-3">{ticket.queue.name}</span>}
              <span className="w-12 text-right text-xs text-ink-3">{person.availability}</span>
              {person.id === ticket.assignee?.id && <Check aria-label="owns it now" className="size-4 text-accent-text" />}
            </Command.Item>
          ))}
          {people && ticket.assignee && (
            <Command.Item value="nobody release unassign back to the queue" onSelect={() => { onClose(); act.mutate(asAct(ticket, { kind: "release" })); }} className={commandItem}>
              <UserRoundMinus aria-hidden className="size-4 text-ink-3" />Nobody: back to the queue, to be routed again
            </Command.Item>
          )}
        </Command.List>
      </Command>
    </Dialog>
  );
}
