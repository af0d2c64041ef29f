// npm start, npm run dev: installs if needed, then the desk and its services (desk.ts) on Node 24.
import { runOnNode24 } from "./install.mjs";

await runOnNode24("scripts/desk.ts", process.argv.slice(2));
