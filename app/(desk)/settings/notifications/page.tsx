import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoticeSettingsForm } from "@/components/notices/settings-form.tsx";
import { SettingsHead } from "@/components/settings/settings-head.tsx";
import { requireStaff } from "@/lib/auth/service.ts";
import { NoticeKind } from "@/lib/notifications/schema.ts";
import { noticeSettingsFor, ways } from "@/lib/notifications/service.ts";
import { slackIsSet } from "@/lib/slack.ts";

export const metadata: Metadata = { title: "Notifications" };

export default async function Page() {
  const actor = await requireStaff();
  if (!actor) redirect("/sign-in?to=/settings/notifications");
  const those = (way: "slack" | "gathered") => NoticeKind.options.filter((kind) => ways[kind][way]);
  return (
    <>
      <SettingsHead title="Notifications" lead="What you are told of is always under the bell. Choose what comes by mail as well, and when." />
      <NoticeSettingsForm first={await noticeSettingsFor(actor)} slack={slackIsSet() ? those("slack") : null} gathered={those("gathered")} />
    </>
  );
}
