import { parentPort, workerData } from "node:worker_threads";
import { MongoClient } from "mongodb";

// The thread of mongo-waits: reads one document after the other from "start" to "stop" and tells how long each took.
const { uri, documents } = workerData as { uri: string; documents: number };
const tickets = new MongoClient(uri).db().collection<{ _id: string }>("tickets");
let [reading, count] = [false, 0];

async function read(): Promise<void> {
  const waits: number[] = [];
  for (reading = true; reading; ) {
    const from = performance.now();
    await tickets.findOne({ _id: `ticket${(count++ * 7919) % documents}` }, { projection: { number: 1 } });
    waits.push(performance.now() - from);
  }
  parentPort!.postMessage(waits);
}

parentPort!.on("message", (what) => {
  if (what === "stop") reading = false;
  else void read();
});
await tickets.findOne();
parentPort!.postMessage([]);
