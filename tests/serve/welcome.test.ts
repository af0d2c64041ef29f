import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sentenceFor, Stop } from "../../scripts/stop.ts";
import { welcome } from "../../scripts/welcome.ts";

let data: string;
beforeEach(() => void (data = mkdtempSync(join(tmpdir(), "twoway-welcome-"))));
afterEach(() => rmSync(data, { recursive: true }));
const at = { app: "http://127.0.0.1:3000", mail: "http://127.0.0.1:4003" };

test("the demo names its people, addresses and passwords", () => {
  writeFileSync(join(data, "demo-logins.json"), JSON.stringify([{ email: "ana@demo.example", password: "made-up", role: "agent" }]));
  const text = welcome("/desk", data, at, true);
  for (const part of [at.app, at.mail, "agent", "ana@demo.example", "made-up"]) expect(text).toContain(part);
  expect(welcome("/desk", data, at, false)).not.toContain("made-up");
});

test("a desk without an admin shows the whole one-time link", () => {
  expect(welcome("/desk", data, at, false)).not.toContain("admin");
  writeFileSync(join(data, "setup-link"), "/setup?token=abc\n");
  expect(welcome("/desk", data, at, false)).toContain("http://127.0.0.1:3000/setup?token=abc");
});

test.each([
  [new Stop("As it is."), "As it is."],
  [Object.assign(new Error("write"), { code: "ENOSPC" }), "The disk is full: free some space and start again."],
  [Object.assign(new Error("open"), { code: "EROFS", path: "/data" }), "The file system is read-only: /data cannot be written."],
])("a fault that a person can mend is one sentence: %s", (error, sentence) => expect(sentenceFor(error)).toBe(sentence));

test("a fault of ours keeps its stack", () => expect(sentenceFor(new Error("ours"))).toMatch(/Error: ours\n\s+at /));
