"use client";
import { RadioGroup } from "radix-ui";
import { useState, type FormEvent } from "react";
import type { Level } from "@/lib/tickets/schema.ts";
import type { StaffTicket } from "@/lib/tickets/view.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field, Textarea } from "../ui/field.tsx";
import { asAct, useAct } from "./acts.ts";

const levels: Record<Level, { label: string; effect: string }> = {
  engineering: { label: "Engineering", effect: "Engineers see it and write notes. Its owner keeps talking to the customer." },
  manager: { label: "A manager", effect: "A manager reviews it and decides what happens next." },
  l1: { label: "Back to first line", effect: "The agents of the queue carry on." },
};

/** Moves a ticket to another level. The reason is kept in the history, so it is asked for. */
export function EscalateDialog({ ticket, onClose }: { ticket: StaffTicket; onClose: () => void }) {
  const act = useAct();
  const open = (["engineering", "manager", "l1"] as const).filter((level) => level !== ticket.level);
  const [level, setLevel] = useState<Level>(open[0] ?? "manager");
  const [missing, setMissing] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "").trim();
    if (!reason) return setMissing(true);
    onClose();
    act.mutate(asAct(ticket, { kind: "escalate", level, reason }));
  }
  return (
    <Dialog
      open
      onOpenChange={(next) => { if (!next) onClose(); }}
      title={`Escalate #${ticket.number}`}
      footer={<><Button onClick={onClose}>Cancel</Button><Button look="primary" type="submit" form="escalate">{level === "l1" ? "Hand back" : "Escalate"}</Button></>}
    >
      <form id="escalate" onSubmit={submit} className="space-y-4" noValidate>
        <RadioGroup.Root aria-label="To whom" value={level} onValueChange={(next) => setLevel(next as Level)} className="space-y-1.5">
          {open.map((one) => (
            <RadioGroup.Item key={one} value={one} className="group flex w-full items-start gap-3 rounded-lg border px-3 py-2.5 text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft">
              <span aria-hidden className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-raised group-data-[state=checked]:border-accent"><RadioGroup.Indicator className="size-2 rounded-full bg-accent" /></span>
              <span><span className="block text-sm font-medium">{levels[one].label}</span><span className="block text-xs text-ink-2">{levels[one].effect}</span></span>
            </RadioGroup.Item>
          ))}
        </RadioGroup.Root>
        <Field label="Why" required error={missing ? "Say in a sentence why, so that the next person need not ask." : null}>
          <Textarea name="reason" maxLength={2000} rows={3} placeholder="What was tried, what is needed" onChange={() => setMissing(false)} />
        </Field>
      </form>
    </Dialog>
  );
}
