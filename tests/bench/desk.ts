import { startDesk, type Desk } from "../support/running-desk.ts";
import { costOf, memoryMb, quiet, type Cost } from "./measure.ts";
import { seedTickets } from "./seed.ts";

// npm run bench -- desk [TICKETS …]: what the desk's operations cost at these sizes (default 1000 20000).
const sizes = process.argv.slice(2).map(Number);
const musts: Record<string, number> = { "create ticket": 16, reply: 16, "list of 50": 12, "list of 50, filtered": 12, "ticket with its thread": 8, "inbox page (HTML)": 30, "search, rare word": 14, "search, common word": 14 };

type Page = { items: { id: string }[] };

async function measured(desk: Desk): Promise<Cost[]> {
  const [customer, manager] = [await desk.api("customer"), await desk.api("manager")];
  const open = (await manager<Page>("GET", "/tickets?status=open&limit=50")).items;
  const at = (index: number) => open[Math.abs(index) % open.length]?.id ?? "";
  const cookie = await sessionOf(desk);
  const rare = (await manager<{ items: { number: number }[] }>("GET", "/tickets?limit=1")).items[0]?.number;
  const inbox = (headers: Record<string, string>) => async () => (await fetch(`${desk.url}/desk?view=all`, { headers })).text();
  const operations: [string, number, (index: number) => Promise<unknown>][] = [
    ["create ticket", 100, (index) => customer("POST", "/tickets", { subject: `Bench ${index}`, body: "The invoice of this month lists two seats more than we have. Please correct it and refund the difference." })],
    ["reply", 100, (index) => manager("POST", `/tickets/${at(index)}/messages`, { body: "Thank you for writing. We have corrected the invoice, and the refund is on its way to your account." })],
    ["list of 50", 100, () => manager("GET", "/tickets?limit=50")],
    ["list of 50, filtered", 100, () => manager("GET", "/tickets?limit=50&status=open,pending&sort=-updatedAt")],
    ["ticket with its thread", 100, (index) => Promise.all([manager("GET", `/tickets/${at(index)}`), manager("GET", `/tickets/${at(index)}/messages`)])],
    ["inbox page (HTML)", 100, inbox({ cookie, "accept-encoding": "identity" })],
    ["inbox page (HTML), gzip", 100, inbox({ cookie })],
    ["search, rare word", 100, () => manager("GET", `/tickets?limit=50&q=${rare}`)],
    ["search, common word", 100, () => manager("GET", "/tickets?limit=50&q=please")],
  ];
  const costs: Cost[] = [];
  for (const [name, times, run] of operations) costs.push(await costOf(desk.services, name, times, run));
  return costs;
}

/** A manager's session cookie, by the same form that a browser posts. */
async function sessionOf(desk: Desk): Promise<string> {
  const login = desk.logins.find(({ role }) => role === "manager");
  const first = await fetch(`${desk.url}/api/auth/csrf`);
  const jar = cookiesOf(first);
  const { csrfToken } = (await first.json()) as { csrfToken: string };
  const body = new URLSearchParams({ csrfToken, email: login?.email ?? "", password: login?.password ?? "" });
  const response = await fetch(`${desk.url}/api/auth/callback/password`, { method: "POST", body, headers: { cookie: jar.join("; ") }, redirect: "manual" });
  return [...jar, ...cookiesOf(response)].join("; ");
}

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");

const row = (cells: (string | number)[]) => `| ${cells.map((cell) => (typeof cell === "number" ? cell.toFixed(1) : cell)).join(" | ")} |`;

const desk = await startDesk();
console.log("Fresh, 120 tickets, MB PSS:", memoryMb(desk.services));
let there = 120;
for (const size of sizes.length > 0 ? sizes : [1_000, 20_000]) {
  await seedTickets(desk.services.mongodb, size - there);
  there = size;
  await quiet(desk.services);
  console.log(`\n${size} tickets (CPU ms of app and database until the answer; "after" is everything that follows, local services included)\n`);
  console.log(row(["operation", "CPU ms", "must", "after", "p50 ms", "p95 ms"]));
  console.log("|---|---|---|---|---|---|");
  for (const cost of await measured(desk)) console.log(row([cost.name, cost.answering, String(musts[cost.name] ?? ""), cost.after, cost.p50, cost.p95]));
  console.log("\nAfter load, MB PSS:", memoryMb(desk.services));
}
await desk.stop();
process.exit(0);
