import next from "eslint-config-next/core-web-vitals";
import typescript from "eslint-config-next/typescript";

const config = [
  { ignores: ["node_modules/**", ".next*/**", ".data*/**", ".cache/**", "next-env.d.ts", "screens/**", "test-results/**"] },
  ...next,
  ...typescript,
  {
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
      "no-console": "error",
      "@next/next/no-img-element": "off", // what is attached is behind a signed link that ends: it must not be kept by an image optimiser
    },
  },
  { files: ["scripts/**", "local/**", "tests/bench/**", "tests/screens/**", "tests/support/setup.ts"], rules: { "no-console": "off" } },
  { files: ["tests/**"], rules: { "react-hooks/rules-of-hooks": "off" } }, // useDesk and Playwright's use are no hooks of React
];

export default config;
