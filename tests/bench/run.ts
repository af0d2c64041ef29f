import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

// npm run bench -- NAME [arguments]: one of the files beside this one.
const [name = "", ...rest] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname).flatMap((file) => (file.endsWith(".ts") && !["run.ts", "measure.ts", "mongo-desk.ts", "mongo-reader.ts", "open-tickets.ts"].includes(file) ? [file.slice(0, -3)] : []));
if (!names.includes(name)) {
  console.error(`Which bench? One of ${names.join(", ")}.`);
  process.exit(1);
}
process.exit(spawnSync(process.execPath, [join(import.meta.dirname, `${name}.ts`), ...rest], { stdio: "inherit" }).status ?? 1);
