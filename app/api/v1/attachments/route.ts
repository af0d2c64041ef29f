import { upload } from "@/lib/door";
import { attach } from "@/lib/tickets/service";

export const POST = upload(attach);
