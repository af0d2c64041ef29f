import { databaseAnswers } from "./db.ts";
import { env } from "./env.ts";
import { log } from "./log.ts";
import { ready } from "./ready.ts";

type State = "ok" | "down";
export type Health = { status: State; version: string; services: { database: State; jobs: State; realtime: State; mail: State } };

/** A vendor's service without an address of its own is the vendor's to watch. */
async function answers(url: string | undefined): Promise<State> {
  if (!url) return "ok";
  try {
    await fetch(url, { signal: AbortSignal.timeout(2000), cache: "no-store" });
    return "ok";
  } catch (error) {
    log("warn", "a service does not answer", { url, error: error instanceof Error ? error.message : String(error) });
    return "down";
  }
}

/** Whether the desk and what it stands on answer; `down` when any of them does not, or the first preparation is not done. */
export async function health(): Promise<Health> {
  const { INNGEST_BASE_URL, PUSHER_HOST, PUSHER_PORT, RESEND_BASE_URL } = env();
  const [database, jobs, realtime, mail] = await Promise.all([
    databaseAnswers().then((does): State => (does ? "ok" : "down")),
    answers(INNGEST_BASE_URL),
    answers(PUSHER_HOST ? `http://${PUSHER_HOST}:${PUSHER_PORT ?? "80"}` : undefined),
    answers(RESEND_BASE_URL),
  ]);
  const services = { database, jobs, realtime, mail };
  return { status: ready() && Object.values(services).every((state) => state === "ok") ? "ok" : "down", version, services };
}

const version = "0.1.0";
