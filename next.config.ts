import type { NextConfig } from "next";

const config: NextConfig = {
  reactCompiler: true,
  typedRoutes: true,
  poweredByHeader: false,
  distDir: process.env.NEXT_DIST_DIR || ".next",
};

export default config;
