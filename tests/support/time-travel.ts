import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient, type Document } from "mongodb";
import { apiAs, startDeskWith, type Api, type Desk } from "./running-desk.ts";

export type Victim = "mongodb" | "app" | "local";
type Told = { pids: Record<string, number>; slack?: string; jobs: string };
type Row = Document & { _id: string; type: string; data: Record<string, unknown>; at: Date; actor: { id: string } };
export type Sent = Document & { _id: string; channel?: "mail" | "slack"; kind: string; state: string; ticketId: string | null; providerId: string | null; unsure?: number };

/** An empty desk of real processes whose clock is set, and kill -9 for whichever of them. */
export class TimeTravel {
  readonly desk: Desk;
  readonly #clock: string;
  readonly #mongo: MongoClient;
  readonly #signingKey: string;

  private constructor(desk: Desk, clock: string, signingKey: string) {
    this.desk = desk;
    this.#clock = clock;
    this.#signingKey = signingKey;
    this.#mongo = new MongoClient(desk.services.mongodb, { serverSelectionTimeoutMS: 2000 });
  }

  static async start(at: Date): Promise<TimeTravel> {
    const data = await mkdtemp(join(tmpdir(), "twoway-travel-"));
    const clock = join(data, "clock");
    await setClock(clock, at);
    const desk = await startDeskWith({ TWOWAY_DATA: data, TWOWAY_CLOCK_FILE: clock }, "--empty");
    const { INNGEST_SIGNING_KEY } = JSON.parse(await readFile(join(data, "keys.json"), "utf8")) as { INNGEST_SIGNING_KEY: string };
    return new TimeTravel(desk, clock, INNGEST_SIGNING_KEY);
  }

  /** The clock goes on from there. */
  async moveTo(at: Date): Promise<void> {
    await setClock(this.#clock, at);
  }

  /** Somebody's API, signed in now: the time that was skipped has ended former tokens. */
  as(login: { email: string; password: string }): Promise<Api> {
    return this.insist(() => apiAs(this.desk.url, login));
  }

  async kill(victims: readonly Victim[]): Promise<void> {
    const { pids } = await this.#told();
    for (const victim of victims) process.kill(pids[victim] ?? Number.NaN, "SIGKILL");
  }

  /** Waits until each of them has another process than before, and all of them answer. */
  async back(before: Record<string, number>, victims: readonly Victim[]): Promise<void> {
    await this.until("the desk is well again", async () => {
      const { pids } = await this.#told();
      return victims.every((victim) => pids[victim] !== before[victim]) && (await fetch(`${this.desk.url}/api/health`)).status === 200;
    });
  }

  pids = async (): Promise<Record<string, number>> => (await this.#told()).pids;

  /** Until nothing is due, to be announced or to be sent: what will come of this moment has come. */
  async quiet(): Promise<void> {
    await this.until("everything due is done", async () => {
      const { jobs } = await this.#told();
      const { app, due } = (await (await fetch(`${jobs}/_local/numbers`, { headers: { authorization: `Bearer ${this.#signingKey}` } })).json()) as { app: string; due: { waiting: number; calling: number } };
      const [unannounced, unsent] = [await this.#count("events", { announcedAt: null }), await this.#count("letters", { state: { $in: ["queued", "sending"] } })];
      return app === "reached" && due.waiting + due.calling + unannounced + unsent === 0;
    });
  }

  rows(ticketId: string, type: RegExp): Promise<Row[]> {
    return this.insist(() => this.#mongo.db().collection<Row>("events").find({ "subject.id": ticketId, type: { $regex: type.source } }).sort({ seq: 1 }).toArray());
  }

  ledger(): Promise<Sent[]> {
    return this.insist(() => this.#mongo.db().collection<Sent>("letters").find({}).toArray());
  }

  async mails(): Promise<{ id: string; to: string[]; subject: string }[]> {
    return ((await (await fetch(`${this.desk.services.mail}/_local/outbox?limit=1000`)).json()) as { items: { id: string; to: string[]; subject: string }[] }).items;
  }

  async posts(): Promise<{ text: string }[]> {
    const { slack } = await this.#told();
    const { messages } = (await (await fetch(`${slack}/_local/messages?limit=1000`)).json()) as { messages: { payload: { text: string } }[] };
    return messages.map(({ payload }) => payload);
  }

  /** Polls until a fact holds; whatever is not reached meanwhile is on its way back. */
  async until(fact: string, holds: () => Promise<boolean>, withinMs = 90_000): Promise<void> {
    let last: unknown = null;
    for (const end = Date.now() + withinMs; Date.now() < end; await wait(100)) {
      try {
        if (await holds()) return;
        last = null;
      } catch (error) {
        last = error; // told if it stays so
      }
    }
    throw new Error(`it did not happen within ${withinMs} ms: ${fact}`, { cause: last });
  }

  /** Again until it succeeds, as a caller does whose desk is coming back. */
  async insist<T>(act: () => Promise<T>): Promise<T> {
    let answer: { of: T } | null = null;
    await this.until("an answer", async () => ((answer = { of: await act() }), true));
    return (answer as unknown as { of: T }).of;
  }

  async stop(): Promise<void> {
    await this.#mongo.close();
    await this.desk.stop();
    await rm(this.desk.data, { recursive: true, force: true });
  }

  #count = (collection: string, filter: Document) => this.#mongo.db().collection(collection).countDocuments(filter);
  #told = async () => JSON.parse(await readFile(join(this.desk.data, "services.json"), "utf8")) as Told;
}

/** Renamed into place: who looks meanwhile must not find an empty file. */
async function setClock(file: string, at: Date): Promise<void> {
  await writeFile(`${file}.set`, String(at.getTime() - Date.now()));
  await rename(`${file}.set`, file);
}
