import type { TicketMay } from "@/lib/tickets/view.ts";
import type { CommandId } from "./command-context.tsx";

type Need = keyof TicketMay | "ticket" | "list" | null;
type Command = { id: CommandId; label: string; /** As on the keyboard; empty: no key. */ key: string; needs: readonly Need[]; group: "Move" | "Ticket" | "Desk" };

/** Every act of the desk, once: what the keys, the palette and the help sheet offer. `needs`: any one of them. */
export const commands: readonly Command[] = [
  { id: "next", label: "Next ticket", key: "j", needs: ["list"], group: "Move" },
  { id: "previous", label: "Previous ticket", key: "k", needs: ["list"], group: "Move" },
  { id: "open", label: "Open the marked ticket", key: "Enter", needs: ["list"], group: "Move" },
  { id: "back", label: "Back to the list", key: "Escape", needs: ["ticket"], group: "Move" },
  { id: "reply", label: "Reply", key: "r", needs: ["reply"], group: "Ticket" },
  { id: "note", label: "Write a private note", key: "n", needs: ["note"], group: "Ticket" },
  { id: "assign", label: "Assign or take", key: "a", needs: ["assign", "claim"], group: "Ticket" },
  { id: "escalate", label: "Escalate or hand back", key: "x", needs: ["escalate"], group: "Ticket" },
  { id: "resolve", label: "Resolve", key: "e", needs: ["resolve"], group: "Ticket" },
  { id: "reopen", label: "Reopen", key: "o", needs: ["reopen"], group: "Ticket" },
  { id: "close", label: "Close for good", key: "", needs: ["close"], group: "Ticket" },
  { id: "details", label: "Show or hide details", key: "i", needs: ["ticket"], group: "Ticket" },
  { id: "search", label: "Search tickets", key: "/", needs: [null], group: "Desk" },
  { id: "notices", label: "Notifications", key: "", needs: [null], group: "Desk" },
  { id: "help", label: "Keyboard help", key: "?", needs: [null], group: "Desk" },
];

/** Opens the notifications after g, like the letters of the views. */
export const noticesKey = "n";

/** Whether a command can be given now. */
export function offered(command: Command, now: { may: TicketMay | null; open: boolean; rows: number }): boolean {
  return command.needs.some((need) => {
    if (need === null) return true;
    if (need === "list") return now.rows > 0;
    if (need === "ticket") return now.open;
    return now.may?.[need] ?? false;
  });
}

const caps: Record<string, string> = { Enter: "↵", Escape: "Esc" };

/** A key as it is written on the keyboard. */
export const cap = (key: string): string => caps[key] ?? key.toUpperCase();

/** The key that turns a letter into a command here: ⌘ on Apple's keyboards, else Ctrl. For the browser only. */
export const modKey = (): string => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl");
