"use client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { CheckCheck, Settings2, X } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { createContext, useContext, useRef, useState, type ReactNode } from "react";
import { usePolling } from "../desk/live.ts";
import { hrefOf, openTicket } from "../desk/place.ts";
import { Button } from "../ui/button.tsx";
import { Drawer } from "../ui/dialog.tsx";
import { focusBell } from "./bell.tsx";
import { useNoticesLive } from "./live.ts";
import { NoticeList } from "./notice-list.tsx";
import { noticesOptions, readAllNotices, readNotices, unreadIn } from "./queries.ts";

type Center = { open: boolean; unread: number; show: () => void };
const Context = createContext<Center>({ open: false, unread: 0, show: () => undefined });
/** The bell's panel: how many are unread, and how to open it. */
export const useNoticeCenter = () => useContext(Context);

/** What this person was told, in a panel over any page of the desk. */
export function NoticeCenter({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const router = useRouter();
  const inDesk = usePathname().startsWith("/desk");
  const [open, setOpen] = useState(false);
  const left = useRef(false);
  const notices = useInfiniteQuery({ ...noticesOptions, refetchInterval: usePolling() });
  const unread = unreadIn(notices.data);

  function goTo(ticketId: string) {
    void readNotices(client, ({ ticket }) => ticket?.id === ticketId);
    left.current = open;
    setOpen(false);
    if (inDesk) openTicket(ticketId);
    else router.push(hrefOf(ticketId));
  }
  useNoticesLive(goTo);

  function giveFocusBack(event: Event) {
    event.preventDefault();
    if (left.current) document.getElementById("main")?.focus();
    else focusBell();
    left.current = false;
  }
  return (
    <Context value={{ open, unread, show: () => setOpen(true) }}>
      {children}
      <p role="status" className="sr-only">{unread > 0 ? `${unread} unread ${unread === 1 ? "notification" : "notifications"}` : ""}</p>
      <Drawer
        title="Notifications"
        side="right"
        open={open}
        onOpenChange={setOpen}
        onOpenAutoFocus={(event) => {
          const first = (event.currentTarget as HTMLElement).querySelector<HTMLElement>("[data-notice]");
          if (!first) return;
          event.preventDefault();
          first.focus();
        }}
        onCloseAutoFocus={giveFocusBack}
        className="w-full overflow-hidden sm:w-104 lg:right-auto lg:left-52 lg:border-r lg:border-l-0"
      >
        <header className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
          <h2 aria-hidden className="mr-auto text-base font-semibold">Notifications</h2>
          <Button look="quiet" size="sm" disabled={unread === 0} onClick={() => void readAllNotices(client)}><CheckCheck aria-hidden />Mark all as read</Button>
          <Button look="quiet" size="sm" square asChild><Link href="/settings/notifications" aria-label="Notification settings" title="Notification settings" onClick={() => { left.current = true; setOpen(false); }}><Settings2 aria-hidden /></Link></Button>
          <Button look="quiet" size="sm" square aria-label="Close" onClick={() => setOpen(false)}><X aria-hidden /></Button>
        </header>
        <NoticeList notices={notices} onOpen={goTo} />
      </Drawer>
    </Context>
  );
}
