import { readFile } from "node:fs/promises";
import Pusher from "pusher-js";
import { startDesk, type Desk } from "../support/running-desk.ts";
import { percentile, quiet } from "./measure.ts";

// npm run bench -- live: from a creation to its assignment heard by the agent's page, and from a reply to the customer's page, one in flight, over the public port.
const times = 100;

async function connected(desk: Desk, role: string): Promise<Pusher> {
  const api = await desk.api(role);
  const { PUSHER_KEY: key } = JSON.parse(await readFile(`${desk.data}/keys.json`, "utf8")) as { PUSHER_KEY: string };
  const { hostname, port } = new URL(desk.url);
  const client = new Pusher(key, {
    cluster: "", wsHost: hostname, wsPort: Number(port), wsPath: "/realtime", forceTLS: false, enabledTransports: ["ws"], disableStats: true,
    channelAuthorization: {
      transport: "ajax", endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) => {
        // the door stands beside /api/v1
        api<{ auth: string }>("POST", "/../realtime/auth", { socket_id: socketId, channel_name: channelName }).then((pass) => done(null, pass), (error: Error) => done(error, null));
      },
    },
  });
  await new Promise<void>((resolve) => client.connection.bind("connected", () => resolve()));
  return client;
}

const heard = (client: Pusher, channel: string, event: string, id: () => string | null): Promise<void> =>
  new Promise((resolve) => {
    const subscription = client.subscribe(channel);
    const listen = (data: { id: string }) => {
      if (id() !== null && data.id !== id()) return;
      subscription.unbind(event, listen);
      resolve();
    };
    subscription.bind(event, listen);
  });

const subscribed = (client: Pusher, channel: string): Promise<void> => new Promise((resolve) => void client.subscribe(channel).bind("pusher:subscription_succeeded", () => resolve()));

const told = (name: string, took: number[]) => {
  took.sort((one, other) => one - other);
  console.log(`${name}: p50 ${percentile(took, 0.5).toFixed(0)} ms, p95 ${percentile(took, 0.95).toFixed(0)} ms`);
};

const desk = await startDesk();
const [customer, agent, manager] = [await desk.api("customer"), await desk.api("agent"), await desk.api("manager")];
await agent("PUT", "/me/availability", { state: "online" });
const [manages, writes] = [await connected(desk, "manager"), await connected(desk, "customer")];
const { id: customerId } = await customer("GET", "/me");
await subscribed(manages, "private-desk");
await subscribed(writes, `private-user-${customerId}`);

const assigned: number[] = [];
for (let each = 0; each < times; each += 1) {
  const from = performance.now();
  const { id } = await customer("POST", "/tickets", { subject: `Invoice ${each}`, body: "An invoice question about billing" });
  for (;;) {
    await heard(manages, "private-desk", "ticket.update", () => id);
    const ticket = await manager<{ assignee: unknown }>("GET", `/tickets/${id}`);
    if (ticket.assignee) break;
  }
  assigned.push(performance.now() - from);
  await agent("PUT", "/me/availability", { state: "online" });
}
told("creation → assigned, on the manager's page", assigned);

const { id } = await customer("POST", "/tickets", { subject: "A long talk", body: "Hello" });
await quiet(desk.services);
const shown: number[] = [];
for (let each = 0; each < times; each += 1) {
  const news = heard(writes, `private-user-${customerId}`, "message.new", () => id);
  const from = performance.now();
  await manager("POST", `/tickets/${id}/messages`, { body: `Reply ${each}` });
  await news;
  await customer("GET", `/tickets/${id}/messages?after=${each}`);
  shown.push(performance.now() - from);
}
told("reply → fetched by the customer's page", shown);
manages.disconnect();
writes.disconnect();
await desk.stop();
process.exit(0);
