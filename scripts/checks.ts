import { lint, step, sum, types } from "./steps.ts";

const { failed } = sum([await step("Lint", lint), await step("Types", types)]);
process.exit(failed === 0 ? 0 : 1);
