// npm run check: lint and types.
import { runOnNode24 } from "./install.mjs";

await runOnNode24("scripts/checks.ts", process.argv.slice(2));
