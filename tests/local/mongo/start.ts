import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Db, MongoClient, type MongoClientOptions } from "mongodb";
import { type MongoOptions, startMongo } from "../../../local/mongo/server.ts";

export interface Desk {
  dataDir: string;
  uri: string;
  client: MongoClient;
  db: Db;
  connect(options?: MongoClientOptions): MongoClient;
  /** Stops the server and starts it again on the same folder and address; `between` runs while it is stopped. */
  restart(between?: () => void): Promise<void>;
  stop(): Promise<void>;
}

/** A server of its own on a unix socket in a new folder, and a client of the official driver. */
export async function startDesk(options: Partial<MongoOptions> = {}): Promise<Desk> {
  const dataDir = await mkdtemp(join(tmpdir(), "mongo-"));
  const all: MongoOptions = { dataDir, socket: join(dataDir, "m.sock"), sync: "NORMAL", ...options };
  let server = await startMongo(all);
  const clients: MongoClient[] = [];
  const connect = (clientOptions: MongoClientOptions = {}) => {
    const client = new MongoClient(server.uri, { serverSelectionTimeoutMS: 5000, ...clientOptions });
    clients.push(client);
    return client;
  };
  const client = connect();
  return {
    dataDir, uri: server.uri, client, db: client.db(), connect,
    async restart(between) {
      await server.close();
      between?.();
      server = await startMongo(all);
      // The driver finds out that its pooled connections are gone; 20 tries are more than it pools here.
      for (let tries = 0; tries < 20; tries++) if (await client.db().command({ ping: 1 }).then(() => true, () => false)) return;
    },
    async stop() {
      await Promise.all(clients.map((c) => c.close()));
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * For tests that speak of nothing but the driver: a new database on the MongoDB that MONGODB_URI names, so that both
 * are held to the same contract, or else on a local server of its own.
 */
export async function startDatabase(): Promise<Pick<Desk, "client" | "db" | "stop">> {
  const { MONGODB_URI } = process.env;
  if (!MONGODB_URI) return startDesk();
  const client = new MongoClient(MONGODB_URI);
  const db = client.db(`twoway_contract_${randomUUID().slice(0, 8)}`);
  return {
    client, db,
    async stop() {
      await db.dropDatabase();
      await client.close();
    },
  };
}

/** A small generator of repeatable random numbers (mulberry32). */
export function dice(seed: number) {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { next, below, pick: <T>(list: readonly T[]): T => list[below(list.length)]! };
}
