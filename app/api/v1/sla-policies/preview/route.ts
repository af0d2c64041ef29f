import { route } from "@/lib/door";
import { PreviewInput } from "@/lib/sla/schema";
import { previewFor } from "@/lib/sla/service";

export const POST = route(PreviewInput, previewFor);
