import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type Vendors = { keys: Record<string, string>; stop: () => Promise<void> };

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** The services as a vendor would run them: elsewhere, on data and with keys of their own. `keys` is all a desk on `port` gets to know. */
export async function startVendors(port: number): Promise<Vendors> {
  const data = await mkdtemp(join(tmpdir(), "twoway-vendors-"));
  const slackPath = `/services/T${hex(4)}/B${hex(4)}/${hex(9)}`;
  const keys = {
    INNGEST_EVENT_KEY: hex(16), INNGEST_SIGNING_KEY: `signkey-prod-${hex(32)}`,
    PUSHER_APP_ID: hex(4), PUSHER_KEY: hex(10), PUSHER_SECRET: hex(10),
    RESEND_API_KEY: `re_${hex(12)}`, RESEND_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString("base64")}`,
  };
  const variables = { ...keys, TWOWAY_LOCAL: "jobs,realtime,mail,slack", TWOWAY_APP_ORIGIN: `http://127.0.0.1:${port}`, TWOWAY_SLACK_PATH: slackPath };
  const mongo = await served("local/mongo/main.ts", { TWOWAY_DATA: data, TWOWAY_MONGO_PORT: "0", TWOWAY_MONGO_SYNC: "NORMAL" });
  const rest = await served("local/main.ts", { TWOWAY_DATA: data, ...variables });
  const realtime = new URL(rest.at.realtime ?? "");
  return {
    keys: {
      ...keys, MONGODB_URI: mongo.at.uri ?? "", INNGEST_BASE_URL: rest.at.jobs ?? "", PUSHER_HOST: realtime.hostname, PUSHER_PORT: realtime.port,
      RESEND_BASE_URL: rest.at.mail ?? "", MAIL_FROM: "Harbour <desk@harbour.example>", SLACK_WEBHOOK_URL: `${rest.at.slack}${slackPath}`,
    },
    async stop() {
      for (const { child } of [rest, mongo]) {
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        await ended;
      }
      await rm(data, { recursive: true, force: true });
    },
  };
}

/** A service in a process of its own, and the addresses of its ready line. */
async function served(file: string, env: Record<string, string>): Promise<{ child: ChildProcess; at: Record<string, string> }> {
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  return { child, at: JSON.parse(line.toString()) as Record<string, string> };
}

/** A port that nobody has just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
