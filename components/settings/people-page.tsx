"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { api, queryOf } from "@/components/api.ts";
import { queuesOptions } from "@/components/desk/queries.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { cx } from "@/components/ui/cx.ts";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { Input } from "@/components/ui/field.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { PersonView, QueueView } from "@/lib/auth/view.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PersonDialog } from "./person-dialog.tsx";
import { PersonRow } from "./person-row.tsx";
import { SettingsHead } from "./settings-head.tsx";
import { useActivation } from "./use-activation.ts";

type Page = { items: PersonView[]; nextCursor: string | null };
type PeoplePageProps = { first: Page; queues: QueueView[]; meId: string; mayEdit: boolean; seesCustomers: boolean };
const sides = [{ role: "staff", label: "Staff" }, { role: "customer", label: "Customers" }] as const;

/** Everybody of the desk: who they are, what they may do, whether they are there. */
export function PeoplePage({ first, queues: firstQueues, meId, mayEdit, seesCustomers }: PeoplePageProps) {
  const hydrated = useHydrated();
  const [role, setRole] = useState<"staff" | "customer">("staff");
  const [q, setQ] = useState("");
  const search = useDeferredValue(q.trim());
  const [editing, setEditing] = useState<PersonView | null>(null);
  const { leaving, setLeaving, deactivate, reactivate, inviteAgain } = useActivation();
  const { data: queues = firstQueues } = useQuery({ ...queuesOptions, initialData: firstQueues });
  const asFirst = role === "staff" && search === "";
  const people = useInfiniteQuery({
    queryKey: ["people", "list", role, search],
    queryFn: ({ pageParam }) => api.get<Page>(`/users${queryOf({ role, q: search, limit: 50, cursor: pageParam })}`),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    ...(asFirst ? { initialData: { pages: [first], pageParams: [null] } } : {}),
  });
  const shown = people.data?.pages.flatMap((page) => page.items) ?? [];
  const queueNames = new Map(queues.map((queue) => [queue.id, queue.name]));

  return (
    <>
      <SettingsHead title="People" lead={mayEdit ? "Who works here, with which rights, and how much they can take on." : "Who works here. Admins change it."} action={mayEdit ? <InviteDialog queues={queues} disabled={!hydrated} /> : null} />
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {seesCustomers ? (
          <div role="group" aria-label="Which people" className="flex rounded-md border p-0.5">
            {sides.map((side) => (
              <button key={side.role} type="button" aria-pressed={role === side.role} disabled={!hydrated} onClick={() => setRole(side.role)} className={cx("h-7 rounded-sm px-3 text-sm font-medium", role === side.role ? "bg-raised text-ink shadow-raised" : "text-ink-2 hover:text-ink")}>{side.label}</button>
            ))}
          </div>
        ) : null}
        <div className="relative min-w-0 flex-1 sm:max-w-64">
          <Search aria-hidden className="absolute top-2.5 left-2.5 size-4 text-ink-3" />
          <Input type="search" aria-label="Search people" placeholder="Name or address" value={q} disabled={!hydrated} onChange={(event) => setQ(event.target.value)} className="pl-8" />
        </div>
      </div>
      {people.error ? <Banner tone="alert" className="mb-3" action={<Button size="sm" look="quiet" onClick={() => void people.refetch()}>Try again</Button>}>{people.error.message}</Banner> : null}
      {shown.length === 0 && !people.isFetching ? <EmptyState title={search ? `Nobody matches “${search}”.` : "Nobody is here yet."} className="rounded-lg border bg-surface" /> : null}
      {shown.length > 0 ? (
        <ul className="divide-y rounded-lg border bg-surface shadow-raised" aria-label={role === "staff" ? "Staff" : "Customers"}>
          {shown.map((person) => (
            <PersonRow key={person.id} person={person} self={person.id === meId} queueNames={queueNames} mayEdit={mayEdit && role === "staff"} onEdit={() => setEditing(person)} onLeave={() => setLeaving(person)} onReturn={() => void reactivate(person)} onInvite={() => void inviteAgain(person)} />
          ))}
        </ul>
      ) : null}
      {people.hasNextPage ? <Button className="mt-3" busy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>Show more</Button> : null}
      {editing ? <PersonDialog person={editing} queues={queues} onClose={() => setEditing(null)} /> : null}
      {leaving ? (
        <ConfirmDialog title={`Deactivate ${leaving.name}?`} act="Deactivate" run={() => deactivate(leaving)} onClose={() => setLeaving(null)}>
          They are signed out everywhere at once and can’t come back in. Their open requests return to their queues. What they wrote stays. You can reactivate them at any time.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
