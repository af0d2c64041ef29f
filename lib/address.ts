import { isIPv6 } from "node:net";

/**
 * The address of who asks: the last of the header, for that is the one which the proxy next to us saw. What stands
 * before it is what the client says of itself. Of IPv6 the network (/64): one line has all of its 2^64 addresses.
 */
export const addressIn = (forwardedFor: string | null): string => networkOf(forwardedFor?.split(",").at(-1)?.trim() ?? "") || "unknown";

function networkOf(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped || !isIPv6(address)) return mapped ?? address;
  const [left = [], right = []] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0"), ...right].slice(0, 4);
  const network = groups.map((group) => parseInt(group, 16).toString(16)).join(":");
  return network === "0:0:0:0" ? address : network;
}
