import { isMainThread } from "node:worker_threads";

/*
 * Ties a process to the one that started it, also when that one is killed without a chance to say so: their
 * pipe, our standard input, ends with it. Then we stop as on SIGTERM, so that a new desk can take the data over.
 */
if (isMainThread) {
  const stop = () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 10_000).unref();
  };
  process.stdin.on("end", stop).on("error", stop).resume();
  (process.stdin as unknown as { unref?: () => void }).unref?.();
  // The pipe that took our output is gone as well then: writing to it must not cut the stop short.
  process.stdout.on("error", () => {});
}
