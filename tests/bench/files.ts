import { setTimeout as wait } from "node:timers/promises";
import { startDesk, type Desk } from "../support/running-desk.ts";
import { cpuMs, memoryMb } from "./measure.ts";

// npm run bench -- files: uploads of 25 MB, five at once, and their downloads: CPU a megabyte, and the most memory meanwhile.
const megabytes = 25;
const atOnce = 5;
const content = Buffer.alloc(megabytes * 1024 * 1024, "0123456789abcdef");

async function tokenOf(desk: Desk, role: string): Promise<string> {
  const response = await fetch(`${desk.url}/api/v1/auth/token`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(desk.logins.find((login) => login.role === role)) });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

async function upload(desk: Desk, token: string): Promise<string> {
  const form = new FormData();
  form.append("file", new File([content], "bench.bin"));
  const response = await fetch(`${desk.url}/api/v1/attachments`, { method: "POST", headers: { authorization: `Bearer ${token}` }, body: form });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

/** Runs the work, and says what it cost a megabyte and how far memory grew over what it was before. */
async function measured<T>(desk: Desk, name: string, work: () => Promise<T>): Promise<T> {
  const { app, mongodb } = desk.services.pids as { app: number; mongodb: number };
  const before = memoryMb(desk.services);
  const peak = { app: 0, mongodb: 0 };
  let running = true;
  const watching = (async () => {
    while (running) {
      const now = memoryMb(desk.services);
      for (const part of ["app", "mongodb"] as const) peak[part] = Math.max(peak[part], now[part] ?? 0);
      await wait(50);
    }
  })();
  const [cpu, from] = [[cpuMs(app), cpuMs(mongodb)] as const, performance.now()];
  const value = await work();
  const took = performance.now() - from;
  running = false;
  await watching;
  const moved = megabytes * atOnce;
  console.log(`| ${name} | ${((cpuMs(app) - cpu[0]) / moved).toFixed(1)} | ${((cpuMs(mongodb) - cpu[1]) / moved).toFixed(1)} | ${Math.round(took)} | ${before.app} → ${peak.app} | ${before.mongodb} → ${peak.mongodb} |`);
  return value;
}

const desk = await startDesk();
const token = await tokenOf(desk, "manager");
const customer = await desk.api("customer");
const manager = await desk.api("manager");
const { id } = await customer("POST", "/tickets", { subject: "Large files", body: "Please" });
console.log(`${atOnce} × ${megabytes} MB at once\n\n| | app CPU ms/MB | database CPU ms/MB | ms | app MB | database MB |\n|---|---|---|---|---|---|`);
for (let round = 1; round <= 3; round += 1) {
  const ids = await measured(desk, `upload ${round}`, () => Promise.all(Array.from({ length: atOnce }, () => upload(desk, token))));
  for (const one of ids) await manager("POST", `/tickets/${id}/messages`, { body: "", attachmentIds: [one] });
}
const { items } = await manager<{ items: { attachments: { url: string }[] }[] }>("GET", `/tickets/${id}/messages`);
const urls = items.flatMap(({ attachments }) => attachments.map(({ url }) => url)).slice(0, atOnce);
await measured(desk, "download", () => Promise.all(urls.map(async (url) => (await fetch(desk.url + url)).arrayBuffer())));
await desk.stop();
process.exit(0);
