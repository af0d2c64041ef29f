import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Collection, type Document, MongoClient } from "mongodb";

const main = join(import.meta.dirname, "../../local/mongo/main.ts");
const filler = "The printer on the second floor does not answer and says nothing at all. ".repeat(12);
export const words = Array.from({ length: 400 }, (_, i) => `word${i}`);

/** A ticket of 1.4 KB. */
export function ticket(i: number): Document & { _id: string } {
  return {
    _id: `ticket${i}`, number: i, subject: `Printer ${i} is on fire`, status: ["open", "new", "pending", "closed"][i % 4], assigneeId: `agent${i % 50}`, queueId: `queue${i % 4}`,
    requester: { id: `person${i % 5000}`, name: "A. Person", email: `person${i % 5000}@example.com` }, createdAt: new Date(1.7e12 + i * 60_000), updatedAt: new Date(1.7e12 + ((i * 7919) % 100_003) * 60_000),
    version: 1, seq: 4, sla: { state: "running", dueAt: new Date(1.7e12 + i * 90_000) }, terms: ["the", words[i % 400], words[(i * 7) % 400]], body: filler,
  };
}

export const indexes = [
  { key: { number: 1 }, unique: true }, { key: { updatedAt: -1, _id: -1 } }, { key: { status: 1, updatedAt: -1, _id: -1 } },
  { key: { assigneeId: 1, status: 1, updatedAt: -1, _id: -1 } }, { key: { "requester.id": 1, updatedAt: -1, _id: -1 } }, { key: { terms: 1, number: -1 } },
] as const;

export interface BenchDesk {
  data: string;
  uri: string;
  client: MongoClient;
  tickets: Collection<Document & { _id: string }>;
  connect(): MongoClient;
  /** Inserts tickets, a thousand at a time, from number `first` on. */
  fill(documents: number, first?: number): Promise<void>;
  /** CPU ms of the server so far. */
  cpu(): number;
  /** Resident memory of the server in MB. */
  memory(): number;
  stop(): Promise<void>;
}

/** A database server in a process and folder of its own, with the six indexes of the list. */
export async function startBench(): Promise<BenchDesk> {
  const data = mkdtempSync(join(tmpdir(), "bench-"));
  const server = spawn(process.execPath, [main], { env: { ...process.env, TWOWAY_DATA: data, TWOWAY_MONGO_SOCKET: join(data, "m.sock") }, stdio: ["ignore", "pipe", "inherit"] });
  const uri = await new Promise<string>((resolve) => server.stdout.once("data", (line) => resolve((JSON.parse(String(line)) as { uri: string }).uri)));
  const clients: MongoClient[] = [];
  const connect = () => {
    const made = new MongoClient(uri);
    clients.push(made);
    return made;
  };
  const client = connect();
  const tickets = client.db().collection<Document & { _id: string }>("tickets");
  await tickets.createIndexes(indexes.map((index) => ({ ...index })));
  return {
    data, uri, client, tickets, connect,
    async fill(documents, first = 0) {
      for (let i = 0; i < documents; i += 1000) await tickets.insertMany(Array.from({ length: Math.min(1000, documents - i) }, (_, j) => ticket(first + i + j)));
    },
    cpu() {
      const stat = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
      return (Number(stat[11]) + Number(stat[12])) * 10;
    },
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))![1]) / 1024,
    async stop() {
      const ended = new Promise((resolve) => server.once("close", resolve));
      await Promise.all(clients.map((each) => each.close()));
      server.kill("SIGTERM");
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
