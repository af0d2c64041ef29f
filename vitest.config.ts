import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const apart = ["tests/local/**", "tests/clone/**", "tests/serve/**", "tests/emails/**", "tests/architecture.test.ts"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic" } },
  resolve: { alias: { "@": here("."), "server-only": here("tests/support/server-only.ts") } },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "rooms and doors",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [...apart, "tests/e2e/**"],
          setupFiles: ["tests/support/setup.ts"],
          globalSetup: ["tests/support/services.ts"],
          server: { deps: { inline: ["next-auth"] } }, // it imports next/server without its ending
        },
      },
      { extends: true, test: { name: "services and scripts", include: apart.map((path) => (path.endsWith("**") ? `${path}/*.test.{ts,tsx}` : path)), setupFiles: ["tests/support/setup.ts"] } },
    ],
  },
});
