"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "@/components/api.ts";
import { queuesOptions, staffOptions } from "@/components/desk/queries.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { EmptyState } from "@/components/ui/empty-state.tsx";
import { useHydrated } from "@/components/use-hydrated.ts";
import type { PersonView, QueueView } from "@/lib/auth/view.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { QueueDialog } from "./queue-dialog.tsx";
import { QueueRow } from "./queue-row.tsx";
import { UsualQueues } from "./usual-queues.tsx";
import { SettingsHead } from "./settings-head.tsx";

type QueuesPageProps = { first: QueueView[]; staff: PersonView[]; mayEdit: boolean };

/** The desk's queues: which requests they take and who answers. */
export function QueuesPage({ first, staff: firstStaff, mayEdit }: QueuesPageProps) {
  const client = useQueryClient();
  const hydrated = useHydrated();
  const [open, setOpen] = useState<{ queue: QueueView | null } | null>(null);
  const [leaving, setLeaving] = useState<QueueView | null>(null);
  const { data: queues = first, error, refetch } = useQuery({ ...queuesOptions, initialData: first });
  const { data: staff = firstStaff } = useQuery({ ...staffOptions, initialData: firstStaff });
  const make = <Button look="primary" disabled={!hydrated} onClick={() => setOpen({ queue: null })}><Plus aria-hidden />New queue</Button>;

  async function remove(queue: QueueView) {
    await api.delete(`/queues/${queue.id}`);
    await client.invalidateQueries({ queryKey: ["queues"] });
  }

  return (
    <>
      <SettingsHead title="Queues" lead="Each takes one kind of request and gives them to its members in turn." action={mayEdit && queues.length > 0 ? make : null} />
      {error ? <Banner tone="alert" className="mb-3" action={<Button size="sm" look="quiet" onClick={() => void refetch()}>Try again</Button>}>{error.message}</Banner> : null}
      {queues.length === 0 ? (
        <EmptyState title="There is no queue yet." action={mayEdit ? <div className="flex flex-wrap justify-center gap-2"><UsualQueues disabled={!hydrated} />{make}</div> : null} className="rounded-lg border bg-surface">
          Until there is one, every request goes to a manager. The usual four are Billing, Technical, Account and General; you can change them later.
        </EmptyState>
      ) : (
        <ul className="divide-y rounded-lg border bg-surface shadow-raised">
          {queues.map((queue) => <QueueRow key={queue.id} queue={queue} mayEdit={mayEdit} onEdit={() => setOpen({ queue })} onDelete={() => setLeaving(queue)} />)}
        </ul>
      )}
      {open ? <QueueDialog queue={open.queue} staff={staff} onClose={() => setOpen(null)} /> : null}
      {leaving ? (
        <ConfirmDialog title={`Delete ${leaving.name}?`} act="Delete the queue" run={() => remove(leaving)} onClose={() => setLeaving(null)}>
          Its requests keep their history. New ones of the category “{leaving.category}” go to a manager until another queue takes it.
        </ConfirmDialog>
      ) : null}
    </>
  );
}
