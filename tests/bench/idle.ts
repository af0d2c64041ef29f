import { rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startDeskWith } from "../support/running-desk.ts";
import { memoryMb, quiet } from "./measure.ts";

// npm run bench -- idle: what a desk's processes take (PSS in MB) when it has just been started and is quiet; the first start, with nothing compiled before, and the second. Fails above what the product may take.
const mostMb = 350;
await rm(join(import.meta.dirname, "../../.cache/compiled"), { recursive: true, force: true });
let data: string | undefined;
for (const start of ["first", "second"]) {
  const desk = await startDeskWith(data ? { TWOWAY_DATA: data } : {});
  data = desk.data;
  await wait(10_000);
  await quiet(desk.services);
  const memory = memoryMb(desk.services);
  if ((memory.all ?? 0) > mostMb) process.exitCode = 1;
  console.log(`${start} start: ${Object.entries(memory).map(([name, mb]) => `${name} ${mb}`).join(", ")} MB`);
  await desk.stop(start === "first");
}
