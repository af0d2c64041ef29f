// node scripts/run.mjs FILE args…: runs a TypeScript file of the project on Node 24, on a machine with any Node from 20 on.
import { runOnNode24 } from "./install.mjs";

const [file, ...args] = process.argv.slice(2);
if (file) await runOnNode24(file, args);
else {
  console.error("Which file? node scripts/run.mjs FILE [arguments]");
  process.exitCode = 1;
}
