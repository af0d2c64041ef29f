"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "sonner";
import { api, newKey } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import type { PersonView, QueueView } from "@/lib/auth/view.ts";
import { QueueFields, type QueueDraft } from "./queue-fields.tsx";
import { useSubmit } from "./use-submit.ts";
import { categoryFrom, wordsOf } from "./words.ts";

const draftOf = (queue: QueueView | null): QueueDraft => ({
  name: queue?.name ?? "",
  category: queue?.category ?? "",
  keywords: queue?.keywords.join(", ") ?? "",
  managerId: queue?.manager?.id ?? "none",
  memberIds: queue?.members.map((member) => member.id) ?? [],
  waitMinutes: String(queue?.waitMinutes ?? 0),
  escalateTo: queue?.escalateTo ?? "l1",
});

/** Makes a queue, or changes one. Mounted while open. */
export function QueueDialog({ queue, staff, onClose }: { queue: QueueView | null; staff: readonly PersonView[]; onClose: () => void }) {
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(queue));
  const [key, setKey] = useState(newKey);
  const { form, busy, submit, error, general, forget } = useSubmit(async () => {
    const input = {
      ...draft,
      category: draft.category.trim() || categoryFrom(draft.name),
      keywords: wordsOf(draft.keywords),
      managerId: draft.managerId === "none" ? null : draft.managerId,
      waitMinutes: Number(draft.waitMinutes || 0),
    };
    if (queue) await api.patch(`/queues/${queue.id}`, input);
    else await api.post("/queues", input, { idempotencyKey: key });
    await client.invalidateQueries({ queryKey: ["queues"] });
    await client.invalidateQueries({ queryKey: ["people"] });
    toast.success(queue ? `${draft.name} is saved.` : `${draft.name} takes requests now.`);
    onClose();
  });
  const change = (next: QueueDraft) => { setDraft(next); setKey(newKey()); forget(); };
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={queue ? queue.name : "A new queue"}
      description={queue ? undefined : "A team’s inbox: requests of one kind arrive here and go to its members in turn."}
      className="sm:max-w-lg"
      footer={
        <>
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>{queue ? "Save" : "Make the queue"}</Button>
        </>
      }
    >
      <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
        {general ? <Banner tone="alert" className="mb-4">{general}</Banner> : null}
        <QueueFields draft={draft} onChange={change} staff={staff} error={error} />
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden>Save</button>
      </form>
    </Dialog>
  );
}
