/**
 * A small desk for the week's test, as a process of its own to be killed: the vendors' SDKs, reminders, breaches,
 * closing, a daily digest. Every effect has a key; the database keeps each key once, the mail service each letter.
 */
import { createServer } from "node:http";
import { Inngest, NonRetriableError, type InngestFunction } from "inngest";
import { serve } from "inngest/node";
import { MongoClient } from "mongodb";
import { Resend } from "resend";
import { begins, hour } from "./life.ts";

const given = (name: string) => process.env[name] ?? "";
const silent = { info() {}, warn() {}, error() {}, debug() {} };
const inngest = new Inngest({ id: "week", eventKey: given("INNGEST_EVENT_KEY"), signingKey: given("INNGEST_SIGNING_KEY"), baseUrl: given("INNGEST_BASE_URL"), isDev: false, logger: silent });
const database = new MongoClient(given("MONGODB_URI"), { serverSelectionTimeoutMS: 2000 }).db("week");
const resend = new Resend(given("RESEND_API_KEY"), { baseUrl: given("RESEND_BASE_URL") });

/** Once a key, however often it is asked for. */
const keep = async (key: string) => {
  await database.collection<{ _id: string }>("effects").updateOne({ _id: key }, { $inc: { asked: 1 } }, { upsert: true });
};

async function write(key: string): Promise<void> {
  await keep(key);
  const { error } = await resend.emails.send({ from: "Desk <desk@desk.example>", to: "ana@example.org", subject: key, text: key }, { idempotencyKey: key });
  if (error) throw new Error(error.message);
}

type Sent = { ticketId: string; customer: string; due: number; indexing: string };
type Event = { name: string; ts: number; data: Sent };
const of = (event: unknown) => event as Event;
const retries = 20;

const watch = inngest.createFunction({ id: "watch", retries, triggers: { event: "ticket/opened" }, cancelOn: [{ event: "ticket/answered", match: "data.ticketId" }] }, async ({ event, step }) => {
  const { ticketId, due } = of(event).data;
  await step.sleepUntil("reminder", new Date(due - 30 * 60_000));
  await step.run("remind", () => write(`reminder:${ticketId}`));
  await step.sleepUntil("due", new Date(due));
  await step.run("breach", () => write(`breach:${ticketId}`));
});

const survey = inngest.createFunction({ id: "survey", retries, triggers: { event: "survey/asked" } }, async ({ event, step }) => {
  const { ticketId } = of(event).data;
  await step.run("ask", () => keep(`survey:${ticketId}`));
  return ticketId;
});

const close = inngest.createFunction({ id: "close", retries, triggers: { event: "ticket/resolved" } }, async ({ event, step }) => {
  const { ticketId, customer } = of(event).data;
  for (const [timeout, key] of [[`${2 * 24 * 60 + 10}m`, "nudge"], ["1d", "closed"]] as const) {
    const reopened = await step.waitForEvent(`reopened before ${key}`, { event: "ticket/reopened", match: "data.ticketId", timeout });
    if (reopened) return step.run("keep open", () => keep(`kept-open:${ticketId}`));
    await step.run(key, () => write(`${key}:${ticketId}`));
  }
  const asked = await step.invoke("survey", { function: survey, data: { ticketId, customer } });
  if (asked !== ticketId) throw new NonRetriableError("the survey was about another ticket");
});

const index = inngest.createFunction({ id: "index", retries: 9, triggers: { event: "ticket/opened" }, onFailure: async ({ event }) => keep(`unindexed:${of(event.data.event).data.ticketId}`) }, async ({ event, step, attempt }) => {
  const { ticketId, indexing } = of(event).data;
  if (indexing === "never") throw new NonRetriableError("it can't be indexed");
  if (indexing === "third" && attempt < 2) throw new Error("not now");
  await Promise.all(["words", "people"].map((part) => step.run(part, () => part)));
  await step.run("indexed", () => keep(`indexed:${ticketId}`));
});

const summary = inngest.createFunction({ id: "summary", retries, triggers: { event: "ticket/wrote" }, debounce: { period: "90m", key: "event.data.customer" } }, async ({ event, step }) => {
  const { ts, data } = of(event);
  await step.run("summarise", () => keep(`summary:${data.customer}:${Math.floor((ts - begins) / hour)}`));
});

const digest = inngest.createFunction({ id: "digest", retries, triggers: { cron: "TZ=Europe/Berlin 30 8 * * *" } }, async ({ event, step }) => {
  await step.run("digest", () => keep(`digest:${new Date(event.ts ?? Number.NaN).toISOString().slice(0, 10)}`));
});

const functions: InngestFunction.Any[] = [watch, survey, close, index, summary, digest];
const origin = `http://127.0.0.1:${given("PORT")}`;
createServer(serve({ client: inngest, functions, serveOrigin: origin, servePath: "/api/inngest" })).listen(Number(given("PORT")), "127.0.0.1", () => {
  process.stdout.write(`${JSON.stringify({ ready: true, app: origin })}\n`);
});
process.on("SIGTERM", () => process.exit(0));
