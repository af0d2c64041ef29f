// npm test: everything that must hold, ending with one line "N passed, N failed".
import { runOnNode24 } from "./install.mjs";

await runOnNode24("scripts/suite.ts", process.argv.slice(2));
