import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A wire between a browser and a desk. Cut, it ends what is under way and lets nothing through until it is mended. */
export async function wireTo(address: string): Promise<{ url: string; cut(): void; mend(): void; close(): Promise<void> }> {
  const { hostname, port } = new URL(address);
  const ends = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return near.destroy();
    const far = connect(Number(port), hostname);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      ends.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy()).on("close", () => { ends.delete(one); other.destroy(); });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const cut = () => {
    whole = false;
    for (const end of ends) end.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => { whole = true; },
    close: () => new Promise((resolve) => { server.close(() => resolve()); cut(); }),
  };
}
