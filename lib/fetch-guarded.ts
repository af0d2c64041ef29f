import { lookup as resolve } from "node:dns/promises";
import { request as plainly, type IncomingMessage } from "node:http";
import { request as securely } from "node:https";
import { BlockList, isIP } from "node:net";
import { second } from "./clock.ts";

// Fetching an address that somebody typed. The server stands where strangers don't: beside its database, in a cloud's
// inner network. So an address is resolved first, refused unless every answer is public, and connected to by exactly
// the answer that was checked (no second look-up that could answer differently); each redirect is checked anew.

/** `refused`: the address itself is not to be asked; `failed`: it did not answer as hoped, which may change. The message is a sentence for people. */
export class FetchError extends Error {
  readonly kind: "refused" | "failed";

  constructor(kind: "refused" | "failed", message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "FetchError";
    this.kind = kind;
  }
}

/** Networks that are not the public Internet (IANA special-purpose registries, RFC 6890 and what follows it). */
const special = new BlockList();
for (const network of ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"]) add(network, "ipv4");
/** Everything but 2000::/3 is special; within it, what leads elsewhere: Teredo, benchmarks, ORCHID, documentation, 6to4 (which carries any IPv4 address). */
for (const network of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) add(network, "ipv6");

function add(network: string, family: "ipv4" | "ipv6"): void {
  const [address = "", bits = ""] = network.split("/");
  special.addSubnet(address, Number(bits), family);
}

const globally = new BlockList();
globally.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address is of the public Internet. IPv4 within IPv6 (mapped, translated) is never: nobody needs to write it so. */
export const isPublic = (address: string): boolean => (isIP(address) === 4 ? !special.check(address, "ipv4") : isIP(address) === 6 && globally.check(address, "ipv6") && !special.check(address, "ipv6"));

/** Where a connection would go. */
export type Place = { address: string; port: number };
const usual = ({ address, port }: Place): boolean => isPublic(address) && (port === 80 || port === 443);

export type Guard = { accept: string; mostBytes: number; withinMs?: number; /** Which places may be asked: public ones, at the web's own ports. A test allows its own server. */ allow?: (place: Place) => boolean };
const mostRedirects = 3;

/** The text at an http(s) address, by GET, without credentials, cookies or a proxy. Throws FetchError. */
export async function fetchGuarded(address: string, { accept, mostBytes, withinMs = 5 * second, allow = usual }: Guard): Promise<string> {
  const signal = AbortSignal.timeout(withinMs);
  let url = urlOf(address);
  for (let hops = 0; hops <= mostRedirects; hops += 1) {
    const answer = await asked(url, accept, allow, signal);
    const { statusCode: status = 0, headers } = answer;
    if (status >= 300 && status < 400 && headers.location) {
      answer.destroy();
      url = urlOf(headers.location, url);
      continue;
    }
    if (status === 200) return await textOf(answer, mostBytes, signal);
    answer.destroy();
    throw new FetchError("failed", `It answered with status ${status}.`);
  }
  throw new FetchError("failed", `It led on more than ${mostRedirects} times.`);
}

function urlOf(address: string, from?: URL): URL {
  const url = URL.parse(address, from);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:")) throw new FetchError("refused", "It is no web address.");
  if (url.username !== "" || url.password !== "") throw new FetchError("refused", "It has a name or password in it, which would be kept here in plain words.");
  return url;
}

/** The place that an address leads to. One answer that is not allowed is enough to refuse all: the next look-up might choose it. */
async function placeOf(url: URL, allow: (place: Place) => boolean, signal: AbortSignal): Promise<Place> {
  const port = Number(url.port) || (url.protocol === "https:" ? 443 : 80);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const found = isIP(host) ? [{ address: host }] : await within(resolve(host, { all: true }), signal, "Its name is not known on the Internet.");
  const places = found.map(({ address }) => ({ address, port }));
  const [first] = places;
  if (!first) throw new FetchError("failed", "Its name is not known on the Internet.");
  if (!places.every(allow)) throw new FetchError("refused", "It leads into a network that is not public, or to a port that is not the web’s.");
  return first;
}

/** DNS can't be told to stop: what comes too late is not waited for. */
async function within<T>(work: Promise<T>, signal: AbortSignal, otherwise: string): Promise<T> {
  const late = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(tooSlow(signal.reason)), { once: true }));
  return Promise.race([late, work.catch((cause: unknown) => { throw new FetchError("failed", otherwise, cause); })]);
}

const tooSlow = (cause: unknown) => new FetchError("failed", "It did not answer in time.", cause);

async function asked(url: URL, accept: string, allow: (place: Place) => boolean, signal: AbortSignal): Promise<IncomingMessage> {
  const { address } = await placeOf(url, allow, signal);
  const family = isIP(address);
  const request = url.protocol === "https:" ? securely : plainly;
  return await new Promise((answered, reject) => {
    // the connection goes to the checked address; name and certificate stay those of the URL
    const pinned = (_host: string, options: { all?: boolean }, done: (error: null, found: string | { address: string; family: number }[], family?: number) => void) => (options.all ? done(null, [{ address, family }]) : done(null, address, family));
    request(url, { method: "GET", agent: false, lookup: pinned, signal, headers: { accept, "accept-encoding": "identity", "user-agent": "Twoway" } }, answered)
      .on("error", (cause) => reject(signal.aborted ? tooSlow(cause) : new FetchError("failed", "It could not be reached.", cause)))
      .end();
  });
}

async function textOf(answer: IncomingMessage, mostBytes: number, signal: AbortSignal): Promise<string> {
  const read: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > mostBytes) throw new FetchError("failed", `It is larger than ${mostBytes / 1000} kB.`);
      read.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof FetchError) throw cause;
    throw signal.aborted ? tooSlow(cause) : new FetchError("failed", "It broke off.", cause);
  }
  return new TextDecoder().decode(Buffer.concat(read));
}
