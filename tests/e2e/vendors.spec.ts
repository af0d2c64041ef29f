import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { apiAs, startDeskWith } from "../support/running-desk";
import { freePort, startVendors, type Vendors } from "../support/vendors";
import { expect, test, type Desk } from "./desks";

let vendors: Vendors;
let desk: Desk;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  const port = await freePort();
  vendors = await startVendors(port);
  desk = await startDeskWith({ ...vendors.keys, PORT: String(port) }, "--empty");
});
test.afterAll(async () => {
  await desk.stop();
  await vendors.stop();
});

/** What a person at the terminal is told. */
function npm(script: string) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "-s", script], { encoding: "utf8", env: { ...process.env, ...vendors.keys, TWOWAY_DATA: desk.data } });
  return { status, said: stdout + stderr };
}

test("with every vendor's keys nothing local runs, and a ticket is announced, routed, told live and by mail", async ({ somebody }) => {
  const written = JSON.parse(await readFile(join(desk.data, "services.json"), "utf8")) as object;
  expect(Object.keys(written).sort()).toEqual(["app", "pids", "restarts", "since"]);
  expect(Object.keys(desk.services.pids).sort()).toEqual(["app", "desk"]);
  const health = await fetch(`${desk.url}/api/health`);
  expect(await health.json()).toMatchObject({ status: "ok", services: { database: "ok", jobs: "ok", realtime: "ok", mail: "ok" } });

  const { page } = await somebody(desk);
  await page.goto((await readFile(join(desk.data, "setup-link"), "utf8")).trim());
  await page.getByLabel("Its name").fill("Harbour Support");
  await page.getByLabel("Your name").fill("Ada Admin");
  await page.getByLabel("Email").fill("ada@harbour.example");
  await page.getByLabel("Password").fill("correct horse battery");
  await page.getByRole("button", { name: "Open the desk" }).click();
  await page.waitForURL(/\/setup\/next/);
  await page.goto("/desk?view=all");
  await page.waitForLoadState("networkidle");

  const admin = await apiAs(desk.url, { email: "ada@harbour.example", password: "correct horse battery" });
  const ben = { email: "ben@harbour.example", password: "a long password of ben" };
  const { id: benId } = await admin("POST", "/users", { ...ben, name: "Ben Agent", role: "agent" });
  await admin("POST", "/queues", { name: "Berths", category: "berths", keywords: ["berth"], memberIds: [benId] });
  const agent = await apiAs(desk.url, ben);
  await agent("PUT", "/me/availability", { state: "online" });
  const { id } = await admin("POST", "/tickets", { subject: "A berth for July", body: "Eleven metres, two weeks.", requester: { email: "skip@boat.example", name: "Skip" } });

  const owner = async () => (await admin<{ assignee: { id: string } | null }>("GET", `/tickets/${id}`)).assignee?.id;
  await expect.poll(owner, { timeout: 20_000 }).toBe(benId);
  await expect(page.getByRole("link", { name: /A berth for July/ })).toBeVisible();
  expect((await desk.mailTo("skip@boat.example", /We have your request/)).text).toContain(desk.url);
});

test("status and backup say what is elsewhere", () => {
  const status = npm("status");
  expect(status.said).toMatch(/The desk on .* runs, since/);
  expect(status.status).toBe(0);
  const backup = npm("backup");
  expect(backup.said).toContain("The tickets are in the database at MONGODB_URI");
  expect(backup.status).toBe(0);
});
