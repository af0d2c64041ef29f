import { AvailabilityInput } from "@/lib/auth/schema";
import { setAvailability } from "@/lib/auth/service";
import { route } from "@/lib/door";

export const PUT = route(AvailabilityInput, setAvailability);
