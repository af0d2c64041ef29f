import { SettingsInput } from "@/lib/auth/schema";
import { changeSettings, settingsFor } from "@/lib/auth/service";
import { route } from "@/lib/door";
import { z } from "zod";

export const GET = route(z.object({}), settingsFor);
export const PATCH = route(SettingsInput, changeSettings);
