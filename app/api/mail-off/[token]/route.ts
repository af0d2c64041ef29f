import { cookieless } from "@/lib/door";
import { MailOffInput } from "@/lib/notifications/schema";
import { showMailOff, turnOffByLink } from "@/lib/notifications/service";

export const GET = cookieless(MailOffInput, showMailOff);
export const POST = cookieless(MailOffInput, turnOffByLink);
