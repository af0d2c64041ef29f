import { route } from "@/lib/door";
import { channelFor, ChannelInput } from "@/lib/tickets/service";

export const POST = route(ChannelInput, channelFor);
