"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { api } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import type { PersonView, QueueView } from "@/lib/auth/view.ts";
import { PersonFields } from "./person-fields.tsx";
import { useSubmit } from "./use-submit.ts";
import { answersCustomers } from "./words.ts";

/** Changes a member of staff. Mounted for one person at a time; `onClose` takes it away. */
export function PersonDialog({ person, queues, onClose }: { person: PersonView; queues: readonly QueueView[]; onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState({ name: person.name, email: person.email, roles: person.roles, queueIds: person.queueIds, capacity: String(person.capacity ?? 20) });
  const rolesChanged = draft.roles.toSorted().join() !== person.roles.toSorted().join();
  const { form, busy, submit, error, general, forget } = useSubmit(async () => {
    const { name, roles, queueIds, capacity } = draft;
    const seat = answersCustomers(roles) ? { queueIds, ...(capacity === "" ? {} : { capacity: Number(capacity) }) } : { queueIds: [] };
    await api.patch(`/users/${person.id}`, { name, roles, ...seat });
    await client.invalidateQueries({ queryKey: ["people"] });
    await client.invalidateQueries({ queryKey: ["queues"] });
    toast.success(`${name} is saved.`);
    onClose();
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={person.name}
      description={person.email}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>Save</Button>
        </>
      }
    >
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
        {general ? <Banner tone="alert" className="mb-4">{general}</Banner> : null}
        <PersonFields draft={draft} onChange={(next) => { setDraft(next); forget(); }} queues={queues} error={error} withEmail={false} />
        {rolesChanged ? <Banner tone="wait" className="mt-5">Other roles end this person’s sessions at once. They sign in again with the new rights.</Banner> : null}
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden>Save</button>
      </form>
    </Dialog>
  );
}
