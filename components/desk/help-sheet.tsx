"use client";
import { Dialog } from "../ui/dialog.tsx";
import { Kbd } from "../ui/kbd.tsx";
import { cap, commands, modKey, noticesKey } from "./commands.ts";
import { useDesk } from "./desk-context.tsx";
import { views } from "./views.ts";

const Line = ({ label, keys }: { label: string; keys: string }) => (
  <div className="flex items-center justify-between gap-4 py-1 text-sm"><dt className="text-ink-2">{label}</dt><dd><Kbd keys={keys} /></dd></div>
);

/** Every key of the desk. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const desk = useDesk();
  const mod = modKey();
  return (
    <Dialog open onOpenChange={(open) => { if (!open) onClose(); }} title="Keys" description="They work wherever you are not writing. Switch single keys off in your menu." className="sm:max-w-2xl">
      <div className="grid gap-x-10 gap-y-5 pb-2 sm:grid-cols-2">
        {(["Ticket", "Move", "Desk"] as const).map((group) => (
          <section key={group} className={group === "Ticket" ? "sm:row-span-2" : ""}>
            <h3 className="mb-1 text-xs font-semibold text-ink-3">{group}</h3>
            <dl className="divide-y divide-line/60">
              {commands.filter((command) => command.group === group && command.key).map((command) => <Line key={command.id} label={command.label} keys={cap(command.key)} />)}
              {group === "Ticket" && <Line label="Send what you wrote" keys={`${mod} ↵`} />}
              {group === "Desk" && <Line label="Every act" keys={`${mod} K`} />}
            </dl>
          </section>
        ))}
        <section>
          <h3 className="mb-1 text-xs font-semibold text-ink-3">Go to</h3>
          <dl className="divide-y divide-line/60">
            {desk.views.map((name) => <Line key={name} label={views[name].label} keys={`G ${cap(views[name].key)}`} />)}
            <Line label="Notifications" keys={`G ${cap(noticesKey)}`} />
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
