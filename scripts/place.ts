import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { writePrivate } from "./files.ts";
import { Stop } from "./stop.ts";
import type { Variables } from "./settings.ts";

/** The kernel takes about 108 bytes for the path of a socket, the BSDs 104. */
const socketPathBytes = 100;

/**
 * Where the database listens: a socket beside its data that only the owner can use, or, when that path is too
 * long for the kernel, one in a private folder for temporary files, or a port where neither can be.
 */
export function databasePlace(dataDir: string, temporary = tmpdir(), platform: string = process.platform): Variables {
  if (platform === "win32") return { TWOWAY_MONGO_PORT: "0" };
  const run = join(dataDir, "run");
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const beside = join(run, "mongo.sock");
  if (Buffer.byteLength(beside) <= socketPathBytes) return { TWOWAY_MONGO_SOCKET: beside };
  if (Buffer.byteLength(join(temporary, "twoway-XXXXXX", "mongo.sock")) > socketPathBytes) return { TWOWAY_MONGO_PORT: "0" };
  return { TWOWAY_MONGO_SOCKET: join(mkdtempSync(join(temporary, "twoway-")), "mongo.sock") };
}

/** The port the desk will listen on (0: a free one). Throws Stop if it is taken. */
export async function reservePort(port: number, host: string, retryMs = 0): Promise<number> {
  const until = Date.now() + retryMs;
  for (;;) {
    try {
      return await tryPort(port, host);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EADDRINUSE" && Date.now() < until) {
        await wait(200);
        continue;
      }
      if (code === "EADDRINUSE") throw new Stop(`Port ${port} is taken; choose another one: PORT=${port + 1} npm start`, { cause: error });
      if (code === "EACCES") throw new Stop(`This account may not listen on port ${port}; choose one above 1023.`, { cause: error });
      throw new Stop(`HOST is "${host}", which is no address of this machine.`, { cause: error });
    }
  }
}

async function tryPort(port: number, host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const got = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return got;
}

/**
 * Whether this data folder is for a desk without demo data: what its first start decided, else what is asked now.
 * Throws Stop when a folder with demo data is asked to be empty.
 */
export function isEmptyDesk(dataDir: string, askedEmpty: boolean): boolean {
  const file = deskFile(dataDir);
  if (!existsSync(file)) return askedEmpty;
  const { empty }: { empty: boolean } = JSON.parse(readFileSync(file, "utf8"));
  if (askedEmpty && !empty)
    throw new Stop(`${dataDir} holds the demo; for an empty desk name another folder: TWOWAY_DATA=.data-mine npm start -- --empty`);
  return empty;
}

/** Keeps the first decision for later starts, once nothing but the services themselves can stop this one. */
export function rememberDesk(dataDir: string, empty: boolean): void {
  if (!existsSync(deskFile(dataDir))) writePrivate(deskFile(dataDir), JSON.stringify({ empty }));
}

const deskFile = (dataDir: string) => join(dataDir, "desk.json");
