import { route } from "@/lib/door";
import { IcalInput } from "@/lib/sla/schema";
import { holidaysOfFile } from "@/lib/sla/service";

export const POST = route(IcalInput, holidaysOfFile);
