import { setTimeout as wait } from "node:timers/promises";
import type { PolicyView, WhatIfView } from "../../lib/sla/view.ts";
import { startDesk } from "../support/running-desk.ts";
import { cpuMs, memoryMb, percentile } from "./measure.ts";
import { seedTickets } from "./seed.ts";

// npm run bench -- what-if [TICKETS]: rules tried on the past of a desk with about so many tickets in 90 days (10,000): how long until the
// answer, what it costs the app, and how long a small question waits meanwhile beside what it waits on the idle desk.
const count = Number(process.argv[2] ?? 10_000);
const desk = await startDesk();
await seedTickets(desk.services.mongodb, 4 * count); // they are spread over a year
const admin = await desk.api("admin");
const login = desk.logins.find(({ role }) => role === "admin");
const { accessToken } = (await (await fetch(`${desk.url}/api/v1/auth/token`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ email: login?.email, password: login?.password }) })).json()) as { accessToken: string };
const { items } = await admin<{ items: PolicyView[] }>("GET", "/sla-policies");
const standard = items.find((policy) => policy.default);
if (!standard) throw new Error("a desk has a default policy");
const normal = { ...standard.targets.normal, firstResponseMinutes: 60 };
const { id, calendarId, pausedIn, queueIds, targets } = standard;
const asked = { policy: { id, calendarId, pausedIn, queueIds, default: true, targets: { ...targets, normal } } };

async function tried(): Promise<WhatIfView> {
  const answer = await fetch(`${desk.url}/api/v1/sla-policies/what-if`, { method: "POST", headers: { "content-type": "application/json", authorization: `Bearer ${accessToken}` }, body: JSON.stringify(asked) });
  return JSON.parse((await answer.text()).trim().split("\n").at(-1) ?? "{}") as WhatIfView;
}

/** How long a small question waits, asked every 20 ms. */
async function waits(ended: () => boolean, most: number): Promise<number[]> {
  const times: number[] = [];
  while (!ended() && times.length < most) {
    const from = performance.now();
    await admin("GET", "/me");
    times.push(performance.now() - from);
    await wait(20);
  }
  return times.toSorted((one, other) => one - other);
}

await tried(); // the first finds nothing compiled
const idle = await waits(() => false, 100);
const { app } = desk.services.pids as { app: number };
for (let turn = 1; turn <= 3; turn += 1) {
  const [cpu, from] = [cpuMs(app), performance.now()];
  let over = false;
  const meanwhile = waits(() => over, Infinity);
  const result = await tried();
  const [took, spent] = [performance.now() - from, cpuMs(app) - cpu];
  over = true;
  const busy = await meanwhile;
  console.log(`${result.looked} of ${result.of} tickets, ${result.affected} replayed, ${result.changed} changed, complete ${result.complete}: ${(took / 1000).toFixed(2)} s, app ${(spent / Math.max(1, result.affected)).toFixed(3)} ms of CPU a replayed ticket, ${memoryMb(desk.services).app} MB; a small question waits, ms: idle p50 ${percentile(idle, 0.5).toFixed(0)} p99 ${percentile(idle, 0.99).toFixed(0)}, meanwhile p50 ${percentile(busy, 0.5).toFixed(0)} p99 ${percentile(busy, 0.99).toFixed(0)} worst ${busy.at(-1)?.toFixed(0)} (${busy.length})`);
}
await desk.stop();
process.exit(0);
