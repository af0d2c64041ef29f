import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "../env.ts";
import { mailDomain } from "../mail.ts";
import { requesterOf } from "../tickets/service.ts";

const key = () => createHmac("sha256", env().AUTH_SECRET).update("answers by mail").digest();
/** 128 bits in hex: mail servers may change the case of an address, and a local part has 64 letters at most (RFC 5321). */
const macOf = (ticketId: string, personId: string) => createHmac("sha256", key()).update(`${ticketId} ${personId}`).digest("hex").slice(0, 32);

/** Where an answer to a letter goes. The address proves which ticket is meant and who answers: it was sent to nobody else. */
export const replyAddress = ({ ticketId, number, requesterId }: { ticketId: string; number: number; requesterId: string }): string => `reply+${number}.${macOf(ticketId, requesterId)}@${mailDomain()}`;

/** The ticket and the person that one of these addresses proves. Null when none of them is one of ours. */
export async function provenBy(addresses: readonly string[]): Promise<{ ticketId: string; requesterId: string } | null> {
  for (const address of addresses) {
    const [, number, mac, domain] = /(?:^|[<\s])reply\+(\d{1,12})\.([0-9a-f]{32})@([^\s<>@]+?)>?\s*$/i.exec(address) ?? [];
    if (!number || !mac || domain?.toLowerCase() !== mailDomain()) continue;
    const found = await requesterOf(Number(number));
    if (found && timingSafeEqual(Buffer.from(mac.toLowerCase()), Buffer.from(macOf(found.ticketId, found.requesterId)))) return found;
  }
  return null;
}
