import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { pictureOf } from "../../local/seed/picture";
import { wireTo } from "../support/wire";
import { expect, signInAs, test } from "./desks";

const screenshot = pictureOf(900, 500, [[0, 0, 900, 60, [16, 104, 112]], [60, 120, 500, 20, [60, 60, 60]]]);

/** Pastes a screenshot, as the browser names it, where somebody writes. */
const paste = (at: Locator) =>
  at.evaluate((element, bytes) => {
    const clipboard = new DataTransfer();
    clipboard.items.add(new File([Uint8Array.from(bytes)], "image.png", { type: "image/png" }));
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true, cancelable: true }));
  }, [...screenshot]);

const listed = (page: Page) => page.getByRole("list", { name: "Files to send" }).getByRole("listitem");

async function fillContact(page: Page, subject: string, name: string) {
  await page.goto("/contact");
  await page.getByLabel("What is it about?").fill(subject);
  await page.getByLabel("The details").fill("See the picture.");
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Your email").fill(`${name.toLowerCase()}-${Date.now()}@shop.example`);
}

async function openRequest(page: Page) {
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("link", { name: "Open your request" }).click();
  await page.waitForURL(/\/my\/\w+/);
}

const drawn = (image: Locator) => image.evaluate((element) => (element as HTMLImageElement).naturalWidth);

test("a pasted screenshot reaches the agent live, the answer's file the visitor; a note's file does not", async ({ demo, somebody }) => {
  const visitor = (await somebody(demo)).page;
  const subject = `The timeline is white ${Date.now()}`;
  await fillContact(visitor, subject, "Petra");
  await paste(visitor.getByLabel("The details"));
  await expect(listed(visitor)).toContainText([/Screenshot .*png/]);
  await openRequest(visitor);
  await expect.poll(() => drawn(visitor.getByRole("button", { name: /Show Screenshot/ }).locator("img"))).toBe(900);

  const manager = (await somebody(demo)).page;
  await signInAs(manager, /Sign in as .*, manager/);
  await manager.getByRole("link", { name: subject }).click();
  await expect(manager.getByRole("button", { name: /Show Screenshot/ })).toBeVisible();
  await paste(visitor.getByRole("textbox", { name: "Reply" }));
  await visitor.getByRole("button", { name: "Send" }).click();
  await expect(manager.getByRole("button", { name: /Show Screenshot/ })).toHaveCount(2);
  await expect.poll(() => drawn(manager.getByRole("button", { name: /Show Screenshot/ }).last().locator("img"))).toBe(900);

  // with the keyboard alone: a picture in large, and back
  await manager.getByRole("button", { name: /Show Screenshot/ }).first().focus();
  await manager.keyboard.press("Enter");
  await expect(manager.getByRole("dialog").getByRole("img")).toBeVisible();
  await manager.keyboard.press("Escape");
  await expect(manager.getByRole("dialog")).toHaveCount(0);
  await expect(manager.getByRole("button", { name: /Show Screenshot/ }).first()).toBeFocused();

  await manager.getByRole("button", { name: "Private note", exact: true }).click();
  await manager.locator("input[type=file]").setInputFiles({ name: "internal.txt", mimeType: "text/plain", buffer: Buffer.from("for our eyes") });
  await expect(listed(manager)).toHaveCount(1);
  await manager.getByRole("button", { name: "Add note" }).click();
  await expect(manager.getByRole("link", { name: /internal/ })).toBeVisible();
  await manager.getByRole("button", { name: "Reply", exact: true }).click();
  await expect(listed(manager)).toHaveCount(0);
  await manager.locator("input[type=file]").setInputFiles({ name: "how-to.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 words") });
  await manager.getByRole("textbox", { name: "Reply" }).fill("This helps.");
  await manager.getByRole("button", { name: "Send", exact: true }).click();

  const link = visitor.getByRole("link", { name: /how-to/ });
  await expect(link).toBeVisible();
  const [download] = await Promise.all([visitor.waitForEvent("download"), link.click()]);
  expect([download.suggestedFilename(), await readFile(await download.path(), "utf8")]).toEqual(["how-to.pdf", "%PDF-1.4 words"]);
  await expect(visitor.getByText(/internal/)).toHaveCount(0);
  for (const page of [visitor, manager]) expect((await new AxeBuilder({ page }).include("[role=log]").analyze()).violations).toEqual([]);
});

test("an upload shows how far it is; a lost line and too large a file are said beside it, and it can be tried again", async ({ demo, somebody }) => {
  const wire = await wireTo(demo.url);
  const { page, context } = await somebody({ ...demo, url: wire.url });
  await signInAs(page, /Sign in as .*, customer/);
  const { id } = await (await demo.api("customer"))("POST", "/tickets", { subject: "Slow line", body: "Here comes a long file" });
  await page.goto(`/my/${id}`);
  const line = await context.newCDPSession(page);
  const speed = (uploadThroughput: number) => line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await line.send("Network.enable");
  await speed(400_000);
  await page.locator("input[type=file]").setInputFiles([{ name: "long.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(4_000_000, 7) }, { name: "huge.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(26 * 1024 * 1024) }]);
  await expect(page.getByRole("progressbar", { name: "Uploading long.bin" })).toBeVisible();
  await expect.poll(async () => Number(await page.getByRole("progressbar").getAttribute("aria-valuenow"))).toBeGreaterThan(3);
  await expect(page.getByText("One file is still uploading.")).toBeVisible();
  await expect(page.getByRole("alert").filter({ hasText: "Larger than 25 MB" })).toBeVisible();
  await page.getByRole("textbox", { name: "Reply" }).fill("Words beside it");
  await expect(page.getByRole("button", { name: "Send" })).toBeDisabled();

  wire.cut();
  await expect(page.getByRole("alert").filter({ hasText: "The connection was lost." })).toBeVisible();
  await speed(-1);
  wire.mend();
  await page.getByRole("button", { name: "Retry long.bin" }).click();
  await page.getByRole("button", { name: "Remove huge.bin" }).click();
  await expect(page.getByRole("button", { name: "Send" })).toBeEnabled();

  // a draft keeps its files over a reload of the page
  await page.reload();
  await expect(listed(page)).toContainText(["long.bin"]);
  await expect(page.getByRole("textbox", { name: "Reply" })).toHaveValue("Words beside it");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("link", { name: /long\.bin/ }).last()).toBeVisible();
  await expect(listed(page)).toHaveCount(0);
  await wire.close();
});

test("files may be dropped on the thread, and cancelled", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await signInAs(page, /Sign in as .*, manager/);
  await page.goto("/desk?view=all&status=open");
  await page.getByRole("row").getByRole("link").first().click();
  await expect(page.getByRole("log")).toBeVisible();
  const transfer = await page.evaluateHandle(() => {
    const dragged = new DataTransfer();
    dragged.items.add(new File(["dropped"], "dropped.txt"));
    return dragged;
  });
  await page.getByRole("log").dispatchEvent("dragover", { dataTransfer: transfer });
  await expect(page.getByText("Drop files to attach them to your reply")).toBeVisible();
  await page.getByRole("log").dispatchEvent("drop", { dataTransfer: transfer });
  await expect(page.getByText("Drop files to attach them to your reply")).toHaveCount(0);
  await expect(listed(page)).toContainText(["dropped.txt"]);
  await page.getByRole("button", { name: "Remove dropped.txt" }).click();
  await expect(listed(page)).toHaveCount(0);
});

test("without JavaScript the contact form takes files along", async ({ demo, browser, somebody }) => {
  const context = await browser.newContext({ baseURL: demo.url, javaScriptEnabled: false });
  const page = await context.newPage();
  const subject = `No scripts here ${Date.now()}`;
  await fillContact(page, subject, "Norbert");
  await page.getByLabel("Files").setInputFiles([{ name: "schirm.png", mimeType: "image/png", buffer: screenshot }, { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("words") }]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("heading", { name: "We have it." })).toBeVisible();
  await fillContact(page, "Too much", "Norbert");
  await page.getByLabel("Files").setInputFiles({ name: "film.mp4", mimeType: "video/mp4", buffer: Buffer.alloc(9_000_000) });
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("may have 8 MB together")).toBeVisible();
  await context.close();
  const manager = (await somebody(demo)).page;
  await signInAs(manager, /Sign in as .*, manager/);
  await manager.getByRole("link", { name: subject }).click();
  await expect(manager.getByRole("button", { name: "Show schirm.png" })).toBeVisible();
  await expect(manager.getByRole("link", { name: /notes\.txt/ })).toBeVisible();
});

test("an open page asks for fresh links before the old ones end", async ({ demo, somebody }) => {
  const { page } = await somebody(demo);
  await page.clock.install();
  await signInAs(page, /Sign in as .*, manager/);
  await page.goto("/desk?view=all&q=timeline");
  await page.getByRole("row").getByRole("link", { name: /blank|not loading/ }).first().click();
  await expect(page.getByRole("button", { name: "Show timeline.png" })).toBeVisible();
  const renewed = page.waitForRequest(/messages\?after=0/);
  await page.clock.fastForward("01:00:00");
  await renewed;
});

test("a file of 25 MB goes through and comes back whole, also in parts; one byte more is refused", async ({ demo }) => {
  const login = demo.logins.find(({ role }) => role === "customer");
  const token = (await (await fetch(`${demo.url}/api/v1/auth/token`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(login) })).json()) as { accessToken: string };
  const upload = async (size: number) => {
    const form = new FormData();
    form.append("file", new File([Buffer.alloc(size, "0123456789abcdef")], "large.bin"));
    return fetch(`${demo.url}/api/v1/attachments`, { method: "POST", headers: { authorization: `Bearer ${token.accessToken}` }, body: form });
  };
  const sent = await upload(25 * 1024 * 1024);
  expect(sent.status).toBe(201);
  expect((await upload(25 * 1024 * 1024 + 1)).status).toBe(413);
  const api = await demo.api("customer");
  const { id: attachmentId } = (await sent.json()) as { id: string };
  const { id } = await api("POST", "/tickets", { subject: "A large file", body: "Here", attachmentIds: [attachmentId] });
  const { items } = await api<{ items: { attachments: { url: string }[] }[] }>("GET", `/tickets/${id}/messages`);
  const url = `${demo.url}${items[0]?.attachments[0]?.url}`;
  const whole = await fetch(url);
  expect([whole.status, Buffer.from(await whole.arrayBuffer()).equals(Buffer.alloc(25 * 1024 * 1024, "0123456789abcdef"))]).toEqual([200, true]);
  const part = await fetch(url, { headers: { range: "bytes=16000000-16000015" } });
  expect([part.status, await part.text()]).toEqual([206, "0123456789abcdef"]);
  expect(whole.headers.get("set-cookie")).toBeNull();
});
