"use client";
import { Bell, CircleUserRound, Inbox, ListChecks, SlidersHorizontal, Timer, Users } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useDesk } from "@/components/desk/desk-context.tsx";
import { cx } from "@/components/ui/cx.ts";

const rooms = [
  { href: "/settings/people", label: "People", icon: Users },
  { href: "/settings/queues", label: "Queues", icon: Inbox },
  { href: "/settings/service-levels", label: "Service levels", icon: Timer },
  { href: "/settings/desk", label: "Desk", icon: SlidersHorizontal },
  { href: "/settings/jobs", label: "Jobs", icon: ListChecks },
  { href: "/settings/notifications", label: "Notifications", icon: Bell },
  { href: "/settings/account", label: "Your account", icon: CircleUserRound },
] as const;

/** The rooms of the settings: a column on wide screens, a row that scrolls on narrow ones. */
export function SettingsNav() {
  const here = usePathname();
  const { me } = useDesk();
  const shown = rooms.filter(({ href }) => href !== "/settings/jobs" || me.roles.includes("admin"));
  return (
    <nav aria-label="Settings" className="shrink-0 max-md:-mx-4 max-md:overflow-x-auto max-md:border-b max-md:px-4 md:w-44">
      <ul className="flex gap-1 max-md:w-max max-md:pb-2 md:flex-col">
        {shown.map(({ href, label, icon: Icon }) => {
          const current = here === href || here.startsWith(`${href}/`);
          return (
            <li key={href} ref={current ? (item) => item?.scrollIntoView({ block: "nearest", inline: "center" }) : undefined}>
              <Link href={href} aria-current={current ? "page" : undefined} className={cx("flex h-8 items-center gap-2.5 rounded-md px-2.5 text-sm whitespace-nowrap", current ? "bg-selected font-semibold text-ink" : "text-ink-2 hover:bg-hover hover:text-ink")}>
                <Icon aria-hidden className="size-4 text-ink-3" />{label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
