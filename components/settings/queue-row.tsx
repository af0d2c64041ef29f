"use client";
import { Pencil, Trash2 } from "lucide-react";
import { Avatar } from "@/components/ui/avatar.tsx";
import { Badge } from "@/components/ui/badge.tsx";
import { Button } from "@/components/ui/button.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { QueueView } from "@/lib/auth/view.ts";

const shownWords = 8;
const shownPeople = 5;

/** One queue: its kind of request, its words, its people. */
export function QueueRow({ queue, mayEdit, onEdit, onDelete }: { queue: QueueView; mayEdit: boolean; onEdit: () => void; onDelete: () => void }) {
  const hydrated = useHydrated();
  const { members, keywords } = queue;
  const words = keywords.length > shownWords ? `${keywords.slice(0, shownWords).join(", ")} and ${keywords.length - shownWords} more` : keywords.join(", ");
  const wait = queue.waitMinutes === 0 ? "at once" : `after ${queue.waitMinutes} min`;
  return (
    <li className="flex items-start gap-3 px-4 py-4">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h2 className="min-w-0 font-semibold [overflow-wrap:anywhere]">{queue.name}</h2>
          <Badge tone="outline">{queue.category}</Badge>
          {queue.escalateTo === "engineering" ? <Badge tone="info">with engineering</Badge> : null}
        </div>
        <p className="mt-1 text-sm text-ink-2 [overflow-wrap:anywhere]">{words ? <>Takes: {words}</> : "No words yet: only requests given its category come here."}</p>
        <div className="mt-2.5 flex flex-wrap items-center gap-x-4 gap-y-1.5 text-sm">
          {members.length > 0 ? (
            <span className="flex min-w-0 items-center gap-2">
              <span aria-hidden className="flex gap-0.5">{members.slice(0, shownPeople).map((person) => <Avatar key={person.id} name={person.name} side="staff" size="sm" />)}</span>
              <span className="min-w-0 truncate text-ink-2">{members.length === 1 ? members[0]?.name : `${members.length} members`}</span>
            </span>
          ) : <Badge tone="wait">No members: requests go to a manager</Badge>}
          <span className="text-ink-3">Nobody free: {queue.manager ? queue.manager.name : "a manager on duty"}, {wait}</span>
        </div>
      </div>
      {mayEdit ? (
        <div className="flex shrink-0 gap-1">
          <Button look="quiet" square disabled={!hydrated} aria-label={`Change ${queue.name}`} title="Change" onClick={onEdit}><Pencil aria-hidden /></Button>
          <Button look="quiet" square disabled={!hydrated} aria-label={`Delete ${queue.name}`} title="Delete" onClick={onDelete}><Trash2 aria-hidden /></Button>
        </div>
      ) : null}
    </li>
  );
}
