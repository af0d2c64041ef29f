import { setTimeout as wait } from "node:timers/promises";
import { storeFile } from "../../lib/files.ts";

/** A process of its own that uploads without end, to be killed. */
async function* endless() {
  for (let sent = 0; sent < 20_000_000; sent += 200_000) {
    yield new Uint8Array(200_000);
    await wait(50);
  }
}
await storeFile(process.argv[2] ?? "", "half.bin", endless());
