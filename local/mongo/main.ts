// The local database as a process of its own. See README.md for the environment and the exit codes.
import { startMongo } from "./server.ts";
import { StartupError } from "./store/open.ts";

const { TWOWAY_DATA, TWOWAY_MONGO_SOCKET, TWOWAY_MONGO_PORT, TWOWAY_MONGO_SYNC } = process.env;

function fail(sentence: string, code: number): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

if (!TWOWAY_DATA) fail("TWOWAY_DATA must name the data folder.", 4);
if (TWOWAY_MONGO_SYNC && TWOWAY_MONGO_SYNC !== "FULL" && TWOWAY_MONGO_SYNC !== "NORMAL") fail("TWOWAY_MONGO_SYNC must be FULL or NORMAL.", 4);

try {
  const mongo = await startMongo({ dataDir: TWOWAY_DATA, socket: TWOWAY_MONGO_SOCKET, port: Number(TWOWAY_MONGO_PORT ?? 0), sync: TWOWAY_MONGO_SYNC === "NORMAL" ? "NORMAL" : "FULL" });
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      void mongo.close().then(() => process.exit(0));
    });
  }
  console.log(JSON.stringify({ ready: true, uri: mongo.uri }));
} catch (error) {
  // The edge of the process: one sentence for the person who starts it.
  if (error instanceof StartupError) fail(error.message, error.inUse ? 3 : 4);
  fail(`The local database can't start: ${error instanceof Error ? error.message : String(error)}.`, 4);
}
