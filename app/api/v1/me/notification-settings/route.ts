import { route } from "@/lib/door";
import { NoticeSettingsInput } from "@/lib/notifications/schema";
import { changeNoticeSettings, noticeSettingsFor } from "@/lib/notifications/service";
import { z } from "zod";

export const GET = route(z.object({}), noticeSettingsFor);
export const PATCH = route(NoticeSettingsInput, changeNoticeSettings);
