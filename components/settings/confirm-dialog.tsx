"use client";
import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner.tsx";
import { Button } from "@/components/ui/button.tsx";
import { Dialog } from "@/components/ui/dialog.tsx";
import { useSubmit } from "./use-submit.ts";

type ConfirmDialogProps = { title: string; act: string; look?: "danger" | "primary"; run: () => Promise<void>; onClose: () => void; children: ReactNode };

/** Asks before an act that others will feel. A refusal stays in the dialog. */
export function ConfirmDialog({ title, act, look = "danger", run, onClose, children }: ConfirmDialogProps) {
  const { busy, submit, general, error } = useSubmit(async () => {
    await run();
    onClose();
  });
  const refused = general ?? error("roles", "active", "id");
  return (
    <Dialog
      open
      onOpenChange={(open) => { if (!open) onClose(); }}
      title={title}
      footer={
        <>
          <Button look="quiet" onClick={onClose}>Cancel</Button>
          <Button look={look} busy={busy} onClick={() => void submit()}>{act}</Button>
        </>
      }
    >
      {refused ? <Banner tone="alert" className="mb-3">{refused}</Banner> : null}
      <div className="text-sm text-ink-2">{children}</div>
    </Dialog>
  );
}
