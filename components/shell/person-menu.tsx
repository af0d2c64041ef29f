"use client";
import { ChevronsUpDown, LogOut, SunMoon } from "lucide-react";
import { useTheme } from "next-themes";
import { startTransition, type ReactNode } from "react";
import { signOutAction } from "@/lib/auth/actions.ts";
import type { Me } from "@/lib/auth/view.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Menu, MenuItem, MenuLabel, MenuLine } from "../ui/menu.tsx";

type PersonMenuProps = { me: Me; availability: "online" | "away"; onAvailability: (state: "online" | "away") => void; children?: ReactNode };

const nextTheme: Record<string, string> = { system: "light", light: "dark", dark: "system" };

/** The signed-in person: whether they are there, their settings of this browser, and the way out. */
export function PersonMenu({ me, availability, onAvailability, children }: PersonMenuProps) {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      side="top"
      className="w-60"
      trigger={
        <button type="button" className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-hover data-[state=open]:bg-hover">
          <Avatar name={me.name} side="staff" presence={availability} />
          <span className="min-w-0 flex-1">
            <span className="block truncate text-sm/4.5 font-medium">{me.name}</span>
            <span className="block text-xs/4 text-ink-3">{availability === "online" ? "Online" : "Away"}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </button>
      }
    >
      <MenuLabel><span className="block truncate">{me.email}</span></MenuLabel>
      <MenuItem icon={<Dot state="online" />} onSelect={() => onAvailability("online")}>Online{availability === "online" && <span className="text-ink-3">, now</span>}</MenuItem>
      <MenuItem icon={<Dot state="away" />} onSelect={() => onAvailability("away")}>Away{availability === "away" && <span className="text-ink-3">, now</span>}</MenuItem>
      <MenuLine />
      {children}
      <MenuItem icon={<SunMoon aria-hidden />} keys={<span className="text-xs text-ink-3">{theme === "system" ? "as the system" : theme}</span>} onSelect={(event) => { event.preventDefault(); setTheme(nextTheme[theme ?? "system"] ?? "system"); }}>Colours</MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => startTransition(async () => { await signOutAction(null, new FormData()); })}>Sign out</MenuItem>
    </Menu>
  );
}

const Dot = ({ state }: { state: "online" | "away" }) => (
  <span aria-hidden className="grid size-4 place-items-center"><span className={state === "online" ? "size-2 rounded-full bg-good" : "size-2 rounded-full border-2 border-wait"} /></span>
);
