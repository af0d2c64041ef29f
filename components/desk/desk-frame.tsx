"use client";
import { Bell, KeyRound, Volume2 } from "lucide-react";
import { toast } from "sonner";
import type { ReactNode } from "react";
import { NoticeBell } from "../notices/bell.tsx";
import { NoticeCenter } from "../notices/center.tsx";
import { useAvailability, useHeartbeat, useSetAvailability } from "../shell/availability.tsx";
import { ConnectionBanner } from "../shell/connection-banner.tsx";
import { Frame } from "../shell/frame.tsx";
import { PersonMenu } from "../shell/person-menu.tsx";
import { Logo } from "../ui/logo.tsx";
import { MenuItem, MenuLine } from "../ui/menu.tsx";
import { useRealtime } from "../use-channel.ts";
import { chime } from "./alerts.ts";
import { useDesk } from "./desk-context.tsx";
import { useDeskLive, useQueueLive } from "./live.ts";
import { usePlace } from "./place.ts";
import { prefer, usePreferences } from "./preferences.ts";
import { ViewLinks } from "./view-links.tsx";

function QueueEar({ id }: { id: string }) {
  useQueueLive(id);
  return null;
}

/** The frame of every staff page: views, the person, and the connection that keeps both true. */
export function DeskFrame({ children }: { children: ReactNode }) {
  const { me, deskName, realtime, claimsFrom } = useDesk();
  const place = usePlace();
  const availability = useAvailability(me);
  const setAvailability = useSetAvailability();
  useHeartbeat();
  useRealtime(realtime, true);
  useDeskLive();
  const nav = (
    <>
      <div className="flex items-center gap-1 pt-3 pr-2.5 pb-3 pl-4.5">
        <Logo name={deskName} className="min-w-0 flex-1 text-base" />
        <NoticeBell className="max-lg:hidden" />
      </div>
      <ViewLinks />
      <div className="sticky bottom-0 mt-auto space-y-2 bg-inherit px-2.5 py-2.5">
        <ConnectionBanner />
        <PersonMenu me={me} availability={availability} onAvailability={setAvailability}><BrowserSettings /></PersonMenu>
      </div>
    </>
  );
  return (
    <NoticeCenter>
      <Frame name={deskName} nav={nav} corner={<NoticeBell />} bare={place.ticketId !== null}>
        {claimsFrom.map((id) => <QueueEar key={id} id={id} />)}
        {children}
      </Frame>
    </NoticeCenter>
  );
}

/** Turns browser notifications on, asking the browser first; says what to do when it refuses. */
export async function allowNotifications(): Promise<void> {
  const answer = "Notification" in window ? await Notification.requestPermission() : "denied";
  prefer({ notifications: answer === "granted" });
  if (answer !== "granted") toast.error("The browser does not allow notifications here", { description: "Allow them in the browser's settings for this site, then switch them on again." });
}

const onOff = (on: boolean) => <span className="text-xs text-ink-3">{on ? "on" : "off"}</span>;

function BrowserSettings() {
  const { sound, notifications, singleKeys } = usePreferences();
  const keep = (event: Event) => event.preventDefault();
  return (
    <>
      <MenuItem icon={<Volume2 aria-hidden />} keys={onOff(sound)} onSelect={(event) => { keep(event); prefer({ sound: !sound }); if (!sound) chime(); }}>Sound</MenuItem>
      <MenuItem icon={<Bell aria-hidden />} keys={onOff(notifications)} onSelect={(event) => { keep(event); if (notifications) prefer({ notifications: false }); else void allowNotifications(); }}>Notifications</MenuItem>
      <MenuItem icon={<KeyRound aria-hidden />} keys={onOff(singleKeys)} onSelect={(event) => { keep(event); prefer({ singleKeys: !singleKeys }); }}>Single-key shortcuts</MenuItem>
      <MenuLine />
    </>
  );
}
