import type { ReactNode } from "react";

export function SettingsHead({ title, lead, action }: { title: string; lead: string; action?: ReactNode }) {
  return (
    <div className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-bold [overflow-wrap:anywhere]">{title}</h1>
        <p className="mt-1 max-w-[60ch] text-sm text-ink-2">{lead}</p>
      </div>
      {action}
    </div>
  );
}
