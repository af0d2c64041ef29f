"use client";
import { Bell } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useNoticeCenter } from "./center.tsx";

const bellMark = "data-bell";

/** There is one bell for each width of the window; the one that is seen gets the focus. */
export function focusBell(): void {
  [...document.querySelectorAll<HTMLElement>(`[${bellMark}]`)].find((bell) => bell.offsetParent !== null)?.focus();
}

/** Opens the notices, and says how many are unread. */
export function NoticeBell({ className }: { className?: string }) {
  const { open, unread, show } = useNoticeCenter();
  return (
    <Tooltip text="Notifications" keys="G N">
      <Button look="quiet" square aria-haspopup="dialog" aria-expanded={open} aria-label={unread > 0 ? `Notifications, ${unread} unread` : "Notifications"} onClick={show} className={className} {...{ [bellMark]: "" }}>
        <span className="relative">
          <Bell aria-hidden />
          {unread > 0 && <span aria-hidden data-numeric className="absolute -top-1.75 left-2 grid h-3.75 min-w-3.75 place-items-center rounded-full bg-accent px-0.75 text-2xs leading-none font-semibold text-accent-ink ring-2 ring-canvas">{unread > 99 ? "99+" : unread}</span>}
        </span>
      </Button>
    </Tooltip>
  );
}
