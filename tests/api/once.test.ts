import { afterEach, expect, test } from "vitest";
import { answerOnce } from "@/lib/answers-once";
import { minute, setClock } from "@/lib/clock";
import { useDesk } from "../support/desk";

useDesk();
afterEach(() => setClock(null));

const ask = (key: string) => ({ key, actor: "person:1", place: "/api/v1/tickets", input: { subject: "Once" } });
const made = () => Promise.resolve({ status: 201, value: "made" });
/** A maker that never comes back, as one whose process was killed. */
const lost = (key: string) => void answerOnce(ask(key), () => new Promise(() => {}));

test("a request that is repeated while the first is being answered is told to wait", async () => {
  lost("under-way");
  await expect.poll(() => answerOnce(ask("under-way"), made).then(() => "made", (error: Error) => error.message)).toContain("still being answered");
});

test("what a killed process began to answer is answered after eight seconds of silence", async () => {
  setClock(new Date("2026-11-25T10:00:00Z"));
  lost("silent");
  await expect.poll(() => answerOnce(ask("silent"), made).then(() => "made", (error: Error) => error.message)).toContain("still being answered");
  setClock(new Date(Date.parse("2026-11-25T10:00:00Z") + minute));
  expect(await answerOnce(ask("silent"), made)).toEqual({ status: 201, value: "made" });
});
