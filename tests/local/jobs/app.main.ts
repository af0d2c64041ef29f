/**
 * The app as a process of its own, to be killed: settings come as JSON in APP. Effects are kept in a file by a unique
 * key, as the product keeps them, together with how often they were done. Answers a message with the delays from sending
 * an event to its first step, in ms.
 */
import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Inngest } from "inngest";
import { serve } from "inngest/node";

const { port, folder, url, eventKey, signingKey } = JSON.parse(process.env["APP"] ?? "{}") as { port: number; folder: string; url: string; eventKey: string; signingKey: string };
const db = new DatabaseSync(join(folder, "effects.sqlite"), { timeout: 5000 });
db.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS effects (key TEXT PRIMARY KEY, times INTEGER NOT NULL)");
const insert = db.prepare("INSERT INTO effects (key, times) VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET times = times + 1");
const effect = (key: string): void => void insert.run(key);

let delays: number[] = [];
process.on("message", () => {
  process.send?.(delays);
  delays = [];
});

const silent = { info() {}, warn() {}, error() {}, debug() {} };
const client = new Inngest({ id: "desk", eventKey, signingKey, baseUrl: url, isDev: false, logger: silent });
const n = (event: { data: Record<string, unknown> }): number => Number(event.data["n"]);

const functions = [
  client.createFunction({ id: "one", triggers: { event: "one" } }, ({ event, step }) =>
    step.run("s", () => {
      delays.push(performance.timeOrigin + performance.now() - Number(event.data["sentAt"]));
      effect(`one ${n(event)}`);
    })),
  client.createFunction({ id: "work", retries: 20, triggers: { event: "work" }, onFailure: ({ event }) => effect(`failed ${String((event.data as { run_id: string }).run_id)}`) }, async ({ event, step }) => {
    for (const name of ["a", "b"]) await step.run(name, () => effect(`${n(event)} ${name}`));
    await step.sleepUntil("nap", new Date(Number(event.data["until"])));
    const heard = await step.waitForEvent("go-on", { event: "go.on", match: "data.n", timeout: "1h" });
    await Promise.all(["c", "d"].map((name) => step.run(name, () => effect(`${n(event)} ${name}`))));
    await step.run("end", () => effect(`${n(event)} ${heard ? "end" : "unheard"}`));
  }),
  client.createFunction({ id: "waits", triggers: { event: "ask" } }, ({ step }) => step.waitForEvent("answer", { event: "answer", match: "data.n", timeout: "30d" })),
  client.createFunction({ id: "sleeps", triggers: { event: "clock" }, cancelOn: [{ event: "stop", match: "data.n" }] }, async ({ step }) => void (await step.sleep("long", "30d"))),
];

createServer(serve({ client, functions, serveOrigin: `http://127.0.0.1:${port}`, servePath: "/api/inngest" })).listen(port, "127.0.0.1", () => process.send?.("ready"));
