import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { appEnvironment, partsOf } from "../../scripts/environments.ts";
import { keysIn } from "../../scripts/keys.ts";
import { readSettings } from "../../scripts/settings.ts";
import { Stop } from "../../scripts/stop.ts";

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "twoway-settings-"))));
afterEach(() => rmSync(root, { recursive: true }));

const read = (environment: Record<string, string> = {}, args: string[] = []) => readSettings(root, args, environment);

describe("what a start is asked for", () => {
  test("nothing said: port 3000, .data, everything local", () => {
    expect(read()).toMatchObject({ port: 3000, host: "127.0.0.1", dataDir: join(root, ".data"), dev: false, empty: false });
    expect([...read().local].sort()).toEqual(["database", "jobs", "mail", "realtime"]);
  });

  test("the environment wins over .env.local, and that over .env", () => {
    writeFileSync(join(root, ".env"), "PORT=1\nTWOWAY_DATA=from-env\nHOST=127.0.0.2\n");
    writeFileSync(join(root, ".env.local"), "PORT=2\nTWOWAY_DATA=from-local\n");
    expect(read({ PORT: "3" })).toMatchObject({ port: 3, dataDir: join(root, "from-local"), host: "127.0.0.2" });
  });

  test("--dev and --empty", () => expect(read({}, ["--dev", "--empty"])).toMatchObject({ dev: true, empty: true }));

  test.each([
    [{ PORT: "many" }, [], /PORT is "many"/],
    [{ PORT: "70000" }, [], /PORT is "70000"/],
    [{ PORT: "-1" }, [], /PORT is "-1"/],
    [{}, ["--emtpy"], /The only option is --empty/],
    [{ PUSHER_KEY: "key" }, [], /realtime: set PUSHER_APP_ID and PUSHER_SECRET/],
    [{ INNGEST_EVENT_KEY: "key" }, [], /jobs: set INNGEST_SIGNING_KEY/],
  ])("what cannot be meant stops it with a sentence: %j %j", (environment, args, sentence) => {
    expect(() => read(environment as Record<string, string>, args)).toThrow(Stop);
    expect(() => read(environment as Record<string, string>, args)).toThrow(sentence);
  });
});

describe("what the app gets", () => {
  const at = { app: "http://127.0.0.1:3000", mongodb: "mongodb://local", jobs: "http://127.0.0.1:4001", realtime: "http://127.0.0.1:4002", mail: "http://127.0.0.1:4003" };

  test("a local service: generated keys and its address", () => {
    const keys = keysIn(root);
    expect(appEnvironment(read(), keys, at, true, ".next-x")).toMatchObject({
      MONGODB_URI: at.mongodb,
      INNGEST_BASE_URL: at.jobs,
      INNGEST_SIGNING_KEY: keys.INNGEST_SIGNING_KEY,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: "4002",
      RESEND_BASE_URL: at.mail,
      TWOWAY_DEMO: "1",
      TWOWAY_LOCAL: "jobs,realtime,mail,slack",
      NEXT_DIST_DIR: ".next-x",
    });
  });

  test("a service with its vendor's keys: those and nothing of ours", () => {
    const pusher = { PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s", PUSHER_CLUSTER: "eu" };
    const settings = read({ ...pusher, MONGODB_URI: "mongodb://cloud", AUTH_SECRET: "mine", APP_URL: "https://desk.example" });
    const got = appEnvironment(settings, keysIn(root), at, false, ".next-x");
    expect(got).toMatchObject({ ...pusher, MONGODB_URI: "mongodb://cloud", AUTH_SECRET: "mine", APP_URL: "https://desk.example", TWOWAY_LOCAL: "jobs,mail,slack", TWOWAY_DEMO: "0" });
    expect(got).not.toHaveProperty("PUSHER_HOST");
  });

  test("with every vendor's keys nothing local runs; a Slack of one's own has no receiver beside it", () => {
    const vendors = { MONGODB_URI: "mongodb://cloud", PUSHER_APP_ID: "1", PUSHER_KEY: "k", PUSHER_SECRET: "s", RESEND_API_KEY: "re", MAIL_FROM: "a@desk.example", INNGEST_EVENT_KEY: "e", INNGEST_SIGNING_KEY: "s" };
    expect([read(vendors).local.size, partsOf(read(vendors))]).toEqual([0, []]);
    const own = read({ SLACK_WEBHOOK_URL: "https://hooks.slack.com/services/T/B/x" });
    expect(partsOf(own)).toEqual(["jobs", "realtime", "mail"]);
    expect(appEnvironment(own, keysIn(root), at, false, "")["SLACK_WEBHOOK_URL"]).toBe("https://hooks.slack.com/services/T/B/x");
  });

  test("keys are made once and differ between data folders", () => {
    const other = mkdtempSync(join(tmpdir(), "twoway-keys-"));
    expect(keysIn(root)).toEqual(keysIn(root));
    for (const [name, key] of Object.entries(keysIn(other))) expect(keysIn(root)).not.toHaveProperty(name, key);
    rmSync(other, { recursive: true });
  });

  test("a key that an older version did not know is added, the others stay", () => {
    writeFileSync(join(root, "keys.json"), JSON.stringify({ AUTH_SECRET: "kept" }));
    expect(keysIn(root)).toMatchObject({ AUTH_SECRET: "kept", RESEND_WEBHOOK_SECRET: expect.stringMatching(/^whsec_/) });
  });
});
