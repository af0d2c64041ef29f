"use client";
import { Ellipsis } from "lucide-react";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Badge } from "@/components/ui/badge.tsx";
import { Button } from "@/components/ui/button.tsx";
import { cx } from "@/components/ui/cx.ts";
import { Menu, MenuItem, MenuLine } from "@/components/ui/menu.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { PersonView } from "@/lib/auth/view.ts";
import { answersCustomers, rolesInWords } from "./words.ts";

type PersonRowProps = { person: PersonView; self: boolean; queueNames: ReadonlyMap<string, string>; mayEdit: boolean; onEdit: () => void; onLeave: () => void; onReturn: () => void; onInvite: () => void };

const presence = { online: "Online", away: "Away", offline: "Offline" } as const;

function Standing({ person }: { person: PersonView }) {
  if (!person.active) return <Badge tone="alert">Deactivated</Badge>;
  if (person.invited) return <Badge tone="wait">Invited</Badge>;
  if (person.role === "customer") return person.verified ? null : <Badge tone="wait">Address not verified</Badge>;
  return <span className="text-xs text-ink-3">{presence[person.availability]}</span>;
}

/** One person: name, roles, where they work, and what may be done about them. */
export function PersonRow({ person, self, queueNames, mayEdit, onEdit, onLeave, onReturn, onInvite }: PersonRowProps) {
  const hydrated = useHydrated();
  const staff = person.role !== "customer";
  const queues = person.queueIds.map((id) => queueNames.get(id) ?? "Queue");
  return (
    <li className={cx("flex items-center gap-3.5 px-4 py-3 first:rounded-t-lg last:rounded-b-lg", !person.active && "bg-canvas")}>
      <Avatar name={person.name} side={staff ? "staff" : "customer"} {...(staff && person.active && !person.invited ? { presence: person.availability } : {})} />
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-1 lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_9.5rem] lg:items-center">
        <div className="min-w-0">
          <p className="truncate font-medium">{person.name}{self ? <span className="ml-1.5 text-sm font-normal text-ink-3">you</span> : null}</p>
          <p className="truncate text-sm text-ink-2">{person.email}</p>
        </div>
        {staff ? (
          <div className="min-w-0">
            <p className="text-sm">{rolesInWords(person.roles)}</p>
            {answersCustomers(person.roles) ? <p className="truncate text-xs text-ink-3" title={queues.join(", ")}>{queues.length > 0 ? queues.join(", ") : "In no queue"}{person.capacity === null ? "" : ` · at most ${person.capacity}`}</p> : null}
          </div>
        ) : <span className="max-lg:hidden" />}
        <div><Standing person={person} /></div>
      </div>
      {mayEdit ? (
        <Menu align="end" trigger={<Button look="quiet" square disabled={!hydrated} aria-label={`Change ${person.name}`}><Ellipsis aria-hidden /></Button>}>
          <MenuItem onSelect={onEdit}>Name, roles and queues…</MenuItem>
          {person.invited && person.active ? <MenuItem onSelect={onInvite}>Send the invitation again</MenuItem> : null}
          {self ? null : <MenuLine />}
          {self ? null : person.active ? <MenuItem tone="alert" onSelect={onLeave}>Deactivate…</MenuItem> : <MenuItem onSelect={onReturn}>Reactivate</MenuItem>}
        </Menu>
      ) : null}
    </li>
  );
}
