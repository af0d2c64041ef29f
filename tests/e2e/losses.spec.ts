import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { wireTo } from "../support/wire";
import { expect, signInAs, test } from "./desks";

const losses = 20;

test(`a page that loses its connection ${losses} times misses nothing, shows nothing twice and hears live again each time`, async ({ demo, somebody }) => {
  test.setTimeout(300_000);
  const customer = await demo.api("customer");
  const { id } = await customer("POST", "/tickets", { subject: `A bad line ${Date.now()}`, body: "word 0" });
  const wire = await wireTo(demo.url);
  try {
    // an answer may be half way through when the wire is cut
    const { page } = await somebody({ ...demo, url: wire.url }, /ERR_INCOMPLETE_CHUNKED_ENCODING|ERR_CONTENT_LENGTH_MISMATCH/);
    const sockets: string[] = [];
    page.on("websocket", (socket) => sockets.push(socket.url()));
    await signInAs(page, /Sign in as .*, manager/);
    await page.goto(`/desk/${id}?view=all`);
    const log = page.getByRole("log");
    await expect(log).toContainText("word 0");
    let word = 0;
    const say = () => customer("POST", `/tickets/${id}/messages`, { body: `word ${(word += 1)}.`, visibility: "public" });
    for (let loss = 0; loss < losses; loss += 1) {
      wire.cut();
      await say();
      // long and short ones, some with words at the very moment of coming back
      await wait((loss % 4) * 200);
      const moment = loss % 2 === 0 ? say() : null;
      wire.mend();
      await moment;
      await expect(log).toContainText(`word ${word}.`, { timeout: 20_000 });
      await say();
      await expect(log).toContainText(`word ${word}.`);
    }
    const words = (await log.innerText()).match(/word \d+\./g);
    expect(words).toEqual(Array.from({ length: word }, (_, index) => `word ${index + 1}.`));
    expect(sockets.length).toBeGreaterThanOrEqual(losses);
  } finally {
    await wire.close();
  }
});

test("a door that could not answer is knocked at again: the channel it guards is heard after all", async ({ demo, somebody }) => {
  const customer = await demo.api("customer");
  const { id } = await customer("POST", "/tickets", { subject: `Nobody at the door ${Date.now()}`, body: "Before" });
  const { page } = await somebody(demo);
  const refused: string[] = [];
  await page.route("**/api/realtime/auth", (route) => {
    const channel = new URLSearchParams(route.request().postData() ?? "").get("channel_name") ?? "";
    if (refused.includes(channel)) return route.continue();
    refused.push(channel);
    return route.abort("connectionreset");
  });
  await signInAs(page, /Sign in as .*, manager/);
  const heard = page.waitForResponse((response) => response.url().endsWith("/api/realtime/auth") && response.ok());
  await page.goto(`/desk/${id}?view=all`);
  await heard;
  expect(refused).toContain(`private-ticket-${id}-staff`);
  await page.waitForLoadState("networkidle");
  await customer("POST", `/tickets/${id}/messages`, { body: "Heard after all", visibility: "public" });
  await expect(page.getByRole("log")).toContainText("Heard after all", { timeout: 3000 });
});

test("the realtime service is killed and comes back; open pages hear again and catch up with what was said meanwhile", async ({ demo, somebody }) => {
  const customer = await demo.api("customer");
  const { id } = await customer("POST", "/tickets", { subject: `A short death ${Date.now()}`, body: "Before" });
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, manager/);
  await page.goto(`/desk/${id}?view=all`);
  await expect(page.getByRole("log")).toContainText("Before");
  const again = page.waitForEvent("websocket", { timeout: 60_000 });
  const { pids } = JSON.parse(await readFile(join(demo.data, "services.json"), "utf8")) as { pids: { local: number } };
  process.kill(pids.local, "SIGKILL");
  await customer("POST", `/tickets/${id}/messages`, { body: "Meanwhile", visibility: "public" });
  await expect(page.getByRole("log")).toContainText("Meanwhile", { timeout: 30_000 });
  await again;
  await expect(page.getByText("Reconnecting.")).toHaveCount(0, { timeout: 30_000 });
  await page.waitForLoadState("networkidle");
  await customer("POST", `/tickets/${id}/messages`, { body: "Afterwards", visibility: "public" });
  await expect(page.getByRole("log")).toContainText("Afterwards", { timeout: 3000 });
});
