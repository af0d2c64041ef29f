import { cookieless } from "@/lib/door";
import { FileToken } from "@/lib/tickets/schema";
import { download } from "@/lib/tickets/service";

export const GET = cookieless(FileToken, download);
export const HEAD = cookieless(FileToken, download);
