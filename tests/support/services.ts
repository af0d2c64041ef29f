import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startJobs } from "../../local/jobs/server.ts";
import { startMail } from "../../local/mail/server.ts";
import { startMongo } from "../../local/mongo/server.ts";
import { startRealtime } from "../../local/realtime/server.ts";
import { startSlack } from "../../local/slack/server.ts";

const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** Starts, once for a whole run, the same local services that `npm start` uses, and tells the tests where they are. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "twoway-test-"));
  const [eventKey, signingKey] = [hex(16), `signkey-prod-${hex(32)}`];
  const [appId, key, secret, apiKey] = [hex(4), hex(10), hex(10), `re_${hex(12)}`];
  const webhookSecret = `whsec_${randomBytes(24).toString("base64")}`;
  const mongo = process.env.MONGODB_URI ? null : await startMongo({ dataDir: folder, socket: join(folder, "mongo.sock"), sync: "NORMAL" });
  const jobs = await startJobs({ dataDir: folder, port: 0, appOrigin: "http://127.0.0.1:9", eventKey, signingKey });
  const realtime = await startRealtime({ port: 0, appId, key, secret });
  const mail = await startMail({ dataDir: folder, port: 0, apiKey, webhookUrl: "", webhookSecret });
  const slackPath = `/services/T${hex(4)}/B${hex(4)}/${hex(9)}`;
  const slack = await startSlack({ dataDir: folder, port: 0, path: slackPath });
  const of = new URL(realtime.url);
  Object.assign(process.env, {
    TEST_DATABASE: mongo?.uri ?? process.env.MONGODB_URI,
    AUTH_SECRET: hex(32), APP_URL: "https://desk.example", TWOWAY_DATA: folder, TWOWAY_LOCAL: "jobs,realtime,mail", MAIL_FROM: "Support <support@desk.example>",
    INNGEST_EVENT_KEY: eventKey, INNGEST_SIGNING_KEY: signingKey, INNGEST_BASE_URL: jobs.url,
    PUSHER_APP_ID: appId, PUSHER_KEY: key, PUSHER_SECRET: secret, PUSHER_HOST: of.hostname, PUSHER_PORT: of.port,
    RESEND_API_KEY: apiKey, RESEND_BASE_URL: mail.url, RESEND_WEBHOOK_SECRET: webhookSecret, SLACK_WEBHOOK_URL: `${slack.url}${slackPath}`,
  });
  return async () => {
    await Promise.all([jobs.close(), realtime.close(), mail.close(), slack.close()]);
    await mongo?.close();
    await rm(folder, { recursive: true, force: true });
  };
}
