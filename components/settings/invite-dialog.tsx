"use client";
import { useQueryClient } from "@tanstack/react-query";
import { MailCheck, UserPlus } from "lucide-react";
import { useState } from "react";
import { api, newKey } from "@/components/api.ts";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import type { PersonView, QueueView } from "@/lib/auth/view.ts";
import { PersonFields, type Draft } from "./person-fields.tsx";
import { useSubmit } from "./use-submit.ts";
import { answersCustomers } from "./words.ts";

const blank: Draft = { name: "", email: "", roles: ["agent"], queueIds: [], capacity: "20" };

/** Invites a member of staff by mail, and says that the mail is on its way. */
export function InviteDialog({ queues, disabled }: { queues: readonly QueueView[]; disabled: boolean }) {
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(blank);
  const [key, setKey] = useState("");
  const [invited, setInvited] = useState<PersonView | null>(null);
  const { form, busy, submit, error, general, forget } = useSubmit(async () => {
    const { name, email, roles, queueIds, capacity } = draft;
    const seat = answersCustomers(roles) ? { queueIds, capacity: capacity === "" ? undefined : Number(capacity) } : {};
    setInvited(await api.post<PersonView>("/users", { name, email, roles, ...seat }, { idempotencyKey: key }));
    await client.invalidateQueries({ queryKey: ["people"] });
    await client.invalidateQueries({ queryKey: ["queues"] });
  });
  const change = (next: Draft) => { setDraft(next); setKey(newKey()); forget(); };
  const start = () => { change({ ...blank, queueIds: [] }); setInvited(null); };

  return (
    <Dialog
      open={open}
      onOpenChange={(next) => { setOpen(next); if (next) start(); }}
      title={invited ? "Invitation sent" : "Invite somebody"}
      description={invited ? undefined : "They get a mail with a link, and choose their own password."}
      trigger={<Button look="primary" disabled={disabled}><UserPlus aria-hidden />Invite</Button>}
      footer={invited ? (
        <>
          <Button onClick={start}>Invite another</Button>
          <Button look="primary" onClick={() => setOpen(false)}>Done</Button>
        </>
      ) : (
        <>
          <Button look="quiet" onClick={() => setOpen(false)}>Cancel</Button>
          <Button look="primary" busy={busy} onClick={() => void submit()}>Send the invitation</Button>
        </>
      )}
    >
      {invited ? (
        <div role="status" className="flex gap-3 py-2">
          <MailCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-good-text" />
          <div className="min-w-0 text-sm">
            <p className="[overflow-wrap:anywhere]">A mail is on its way to <strong className="font-semibold">{invited.email}</strong>.</p>
            <p className="mt-1 text-ink-2">Until {invited.name} has accepted, the list shows “invited”, and no request is given to them.</p>
          </div>
        </div>
      ) : (
        <form ref={form} onSubmit={(event) => void submit(event)} noValidate>
          {general ? <Banner tone="alert" className="mb-4">{general}</Banner> : null}
          <PersonFields draft={draft} onChange={change} queues={queues} error={error} withEmail />
          <button type="submit" className="hidden" tabIndex={-1} aria-hidden>Send</button>
        </form>
      )}
    </Dialog>
  );
}
