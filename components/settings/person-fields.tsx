"use client";
import { Checkbox } from "@/components/ui/toggle.tsx";
import { Field, Input } from "@/components/ui/field.tsx";
import type { Role } from "@/lib/auth/schema.ts";
import type { QueueView } from "@/lib/auth/view.ts";
import { answersCustomers, staffRoleWords, withRole } from "./words.ts";

export type Draft = { name: string; email: string; roles: Role[]; queueIds: string[]; capacity: string };

type PersonFieldsProps = { draft: Draft; onChange: (draft: Draft) => void; queues: readonly QueueView[]; error: (...paths: string[]) => string | null; withEmail: boolean };

/** What is asked about a member of staff, for an invitation and for a change. */
export function PersonFields({ draft, onChange, queues, error, withEmail }: PersonFieldsProps) {
  const set = (part: Partial<Draft>) => onChange({ ...draft, ...part });
  const rolesError = error("roles", "role");
  return (
    <div className="space-y-5">
      <Field label="Name" required error={error("name")}>
        <Input value={draft.name} maxLength={120} autoComplete="off" onChange={(event) => set({ name: event.target.value })} />
      </Field>
      {withEmail ? (
        <Field label="Email" required error={error("email")}>
          <Input type="email" value={draft.email} maxLength={254} autoComplete="off" onChange={(event) => set({ email: event.target.value })} />
        </Field>
      ) : null}
      <fieldset>
        <legend className="mb-2 text-sm font-medium">Roles</legend>
        <div className="space-y-2.5">
          {staffRoleWords.map(({ role, label, may }) => (
            <Checkbox key={role} label={label} hint={may} checked={draft.roles.includes(role)} onCheckedChange={(on) => set({ roles: withRole(draft.roles, role, on === true) })} />
          ))}
        </div>
        {rolesError ? <p role="alert" className="mt-2 text-xs font-medium text-alert-text">{rolesError}</p> : null}
      </fieldset>
      {answersCustomers(draft.roles) ? (
        <>
          <fieldset>
            <legend className="mb-2 text-sm font-medium">Queues</legend>
            {queues.length === 0 ? <p className="text-sm text-ink-2">There are none yet. You can add people to a queue when you make it.</p> : null}
            <div className="grid gap-2 sm:grid-cols-2">
              {queues.map(({ id, name }) => (
                <Checkbox key={id} label={<span className="[overflow-wrap:anywhere]">{name}</span>} checked={draft.queueIds.includes(id)} onCheckedChange={(on) => set({ queueIds: on === true ? [...draft.queueIds, id] : draft.queueIds.filter((each) => each !== id) })} />
              ))}
            </div>
          </fieldset>
          <Field label="Open requests at most" hint="Routing gives no more than this to the person at a time." error={error("capacity")}>
            <Input type="number" inputMode="numeric" min={0} max={500} value={draft.capacity} onChange={(event) => set({ capacity: event.target.value })} className="w-28" />
          </Field>
        </>
      ) : null}
    </div>
  );
}
