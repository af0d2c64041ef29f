import { chmodSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { answer } from "./commands/dispatch.ts";
import { compact } from "./store/compact.ts";
import { Cursors } from "./store/cursors.ts";
import { Engine } from "./store/engine.ts";
import { type FileOptions, StartupError } from "./store/open.ts";
import { Sessions } from "./store/sessions.ts";
import { expire } from "./store/ttl.ts";
import { serve } from "./wire/connection.ts";

export interface MongoOptions extends FileOptions {
  /** Data root: the files are in `<dataDir>/mongo/`. */
  dataDir: string;
  /** Path of a unix socket (made with mode 0600), or else a port on 127.0.0.1 (0 or none: the system chooses). */
  socket?: string;
  port?: number;
  /** How often expired documents are deleted and free space is given back; MongoDB's 60 s unless told. */
  ttlEveryMs?: number;
}

export interface RunningMongo {
  /** For the official driver: one direct connection, with transactions and retryable writes. */
  uri: string;
  close(): Promise<void>;
}

/**
 * Starts the local database. Throws StartupError (with `inUse` if another process has the folder) in one clear
 * sentence. `close` ends every connection, writes everything to the main file and frees the folder.
 */
export async function startMongo({ dataDir, socket, port = 0, ttlEveryMs = 60_000, ...files }: MongoOptions): Promise<RunningMongo> {
  if (socket && !socket.endsWith(".sock")) throw new StartupError("The socket's path must end in .sock: by that the driver tells it from a host name.", false);
  const engine = new Engine(join(dataDir, "mongo"), files);
  const sessions = new Sessions(engine);
  const cursors = new Cursors();
  const state = { engine, sessions, cursors, address: socket ?? "" };
  const open = new Set<Socket>();
  const server = createServer((peer) => {
    open.add(peer);
    peer.on("close", () => {
      open.delete(peer);
      sessions.lost(peer);
    });
    peer.setNoDelay(true);
    serve(peer, (message) => answer(state, message, peer));
  });
  try {
    await listen(server, socket, port);
  } catch (error) {
    sessions.close();
    engine.close();
    throw error;
  }
  const bound = server.address();
  if (bound && typeof bound === "object") state.address = `127.0.0.1:${bound.port}`;
  let sweeping = false;
  const housekeeping = setInterval(() => {
    cursors.reap();
    if (sweeping) return;
    sweeping = true;
    const sweep = engine.write(expire(engine, Date.now()), false).then(() => engine.write(compact(engine), false));
    // A failed sweep (disk full) is repeated next time; queries check expiry themselves.
    void sweep.catch(() => undefined).finally(() => (sweeping = false));
  }, ttlEveryMs);
  return {
    uri: `mongodb://${encodeURIComponent(state.address).replace("%3A", ":")}/twoway?directConnection=true&retryWrites=true&retryReads=true`,
    async close() {
      clearInterval(housekeeping);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const peer of open) peer.destroy();
      await closed;
      sessions.close();
      engine.close();
    },
  };
}

function listen(server: ReturnType<typeof createServer>, socket: string | undefined, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    if (!socket) return void server.listen(port, "127.0.0.1", resolve);
    rmSync(socket, { force: true }); // Left by a process that was killed; the data folder's lock says that none runs.
    const mask = process.umask(0o177);
    server.listen(socket, () => {
      process.umask(mask);
      chmodSync(socket, 0o600);
      resolve();
    });
  });
}
