"use client";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { asAct, useAct } from "./acts.ts";

/** Asks before closing, the one act that can't be taken back. */
export function CloseDialog({ ticket, onClose }: { ticket: StaffTicket; onClose: () => void }) {
  const act = useAct();
  const close = () => {
    onClose();
    act.mutate(asAct(ticket, { kind: "close" }));
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={`Close #${ticket.number} for good?`}
      footer={<><Button onClick={onClose}>Keep it</Button><Button look="danger" onClick={close}>Close for good</Button></>}
    >
      <p className="text-sm text-ink-2">A closed ticket can’t be reopened. If the customer writes again, a follow-up ticket begins that links back to this one.</p>
    </Dialog>
  );
}
