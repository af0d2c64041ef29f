import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { IncomingWebhook } from "@slack/webhook";
import { describe, expect, test } from "vitest";
import { mainProcess } from "../main-process.ts";

const path = "/services/T00000001/B00000001/secret-secret";
const { place, start } = mainProcess({ TWOWAY_LOCAL: "slack", TWOWAY_SLACK_PATH: path });
const file = () => join(place.data, "slack", "slack.db");

describe("the Slack receiver as a process", () => {
  test("killed five times amid posts, has every acknowledged message once", { timeout: 60_000 }, async () => {
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 5; kill += 1) {
      const { child, ready, ended } = await start();
      const webhook = new IncomingWebhook(`${ready?.slack}${path}`);
      await Promise.allSettled(Array.from({ length: 30 }, async (_, at) => {
        await webhook.send({ text: `${kill}-${at}` });
        acknowledged.push(`${kill}-${at}`);
        if (acknowledged.length >= kill * 10 + 10) child.kill("SIGKILL");
      }));
      child.kill("SIGKILL");
      await ended;
    }
    const { ready } = await start();
    const { messages } = (await (await fetch(`${ready?.slack}/_local/messages`)).json()) as { messages: { payload: { text: string } }[] };
    const kept = messages.map(({ payload }) => payload.text);
    expect(acknowledged.length).toBeGreaterThanOrEqual(50);
    expect(kept.length).toBeLessThan(150);
    expect(acknowledged.filter((text) => kept.filter((one) => one === text).length !== 1)).toEqual([]);
  });

  test("does not start on a damaged file or a newer one, says so in a sentence and leaves them as they are", async () => {
    mkdirSync(join(place.data, "slack"));
    writeFileSync(file(), "no database ".repeat(1000));
    const damaged = await start();
    expect(await damaged.ended).toBe(4);
    expect(damaged.complaint()).toBe("slack could not start: The slack file is damaged (file is not a database). Put it aside, or restore a backup.\n");
    expect(readFileSync(file(), "utf8")).toBe("no database ".repeat(1000));
    writeFileSync(file(), "");
    const database = new DatabaseSync(file());
    database.exec("PRAGMA user_version = 99");
    database.close();
    const newer = await start();
    expect(await newer.ended).toBe(4);
    expect(newer.complaint()).toMatch(/^slack could not start: The slack file in .* was written by a newer version of this program\.\n$/);
  });
});
