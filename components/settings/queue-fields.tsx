"use client";
import { Field, Input, Textarea } from "@/components/ui/field.tsx";
import { Select } from "@/components/ui/select.tsx";
import { Checkbox } from "@/components/ui/toggle.tsx";
import type { PersonView } from "@/lib/auth/view.ts";
import { answersCustomers, categoryFrom } from "./words.ts";

export type QueueDraft = { name: string; category: string; keywords: string; managerId: string; memberIds: string[]; waitMinutes: string; escalateTo: "l1" | "engineering" };

type QueueFieldsProps = { draft: QueueDraft; onChange: (draft: QueueDraft) => void; staff: readonly PersonView[]; error: (...paths: string[]) => string | null };

const levels = [
  { value: "l1", label: "Its members (first level)" },
  { value: "engineering", label: "Engineering as well" },
] as const;

/** What a queue is asked: which requests it takes, and who answers them. */
export function QueueFields({ draft, onChange, staff, error }: QueueFieldsProps) {
  const set = (part: Partial<QueueDraft>) => onChange({ ...draft, ...part });
  const able = staff.filter((person) => (person.active && answersCustomers(person.roles)) || draft.memberIds.includes(person.id));
  const managers = staff.filter((person) => (person.active && person.roles.includes("manager")) || person.id === draft.managerId);
  const membersError = error("memberIds");
  return (
    <div className="space-y-5">
      <Field label="Name" required error={error("name")}>
        <Input value={draft.name} maxLength={120} placeholder="Billing" autoComplete="off" onChange={(event) => set({ name: event.target.value })} />
      </Field>
      <Field label="Category" hint="One word for this kind of request. Requests of the category come here." error={error("category")}>
        <Input value={draft.category} maxLength={60} placeholder={categoryFrom(draft.name) || "billing"} autoComplete="off" autoCapitalize="none" onChange={(event) => set({ category: event.target.value })} />
      </Field>
      <Field label="Words that point here" optional hint="Separated by commas. A request that contains them gets the category." error={error("keywords")}>
        <Textarea rows={2} value={draft.keywords} placeholder="invoice, refund, payment, vat" onChange={(event) => set({ keywords: event.target.value })} />
      </Field>
      <fieldset>
        <legend className="text-sm font-medium">Members</legend>
        <p className="mt-0.5 mb-2 text-xs text-ink-3">Who is online and has room gets the next request, in turn.</p>
        {able.length === 0 ? <p className="text-sm text-ink-2">There are no agents or managers yet. Invite some under “People”.</p> : null}
        <div className="grid max-h-44 gap-2 overflow-y-auto p-0.5 sm:grid-cols-2">
          {able.map((person) => (
            <Checkbox key={person.id} label={<span className="[overflow-wrap:anywhere]">{person.name}{person.active ? "" : " (deactivated)"}</span>} checked={draft.memberIds.includes(person.id)} onCheckedChange={(on) => set({ memberIds: on === true ? [...draft.memberIds, person.id] : draft.memberIds.filter((each) => each !== person.id) })} />
          ))}
        </div>
        {membersError ? <p role="alert" className="mt-2 text-xs font-medium text-alert-text">{membersError}</p> : null}
      </fieldset>
      <Field label="Manager" hint="Called when nobody of the queue is free." error={error("managerId")}>
        <Select value={draft.managerId} onChange={(managerId) => set({ managerId })} choices={[{ value: "none", label: "Any manager on duty" }, ...managers.map((person) => ({ value: person.id, label: person.name }))]} />
      </Field>
      <div className="grid gap-5 sm:grid-cols-2">
        <Field label="Minutes to wait before that" hint="0: the manager is called at once." error={error("waitMinutes")}>
          <Input type="number" inputMode="numeric" min={0} max={1440} value={draft.waitMinutes} onChange={(event) => set({ waitMinutes: event.target.value })} />
        </Field>
        <Field label="New requests go to" error={error("escalateTo")}>
          <Select value={draft.escalateTo} onChange={(escalateTo) => set({ escalateTo })} choices={levels} />
        </Field>
      </div>
    </div>
  );
}
